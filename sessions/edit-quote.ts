// Lines of a cell quoted to whoever asked for a piece that does not stand there.

const LINE_SHOWN = 100
/** The share of the wanted character pairs from which on a line counts as near. */
const NEAR = 0.5

/** The one or two lines most like the longest line of `find`, counted from 1; none where none is alike. */
export function nearestLines(code: string, find: string): number[] {
  const rows = find.split('\n').map((row) => row.trim())
  const wanted = rows.reduce((long, row) => (row.length > long.length ? row : long)).slice(0, 200)
  const rated = code.split('\n').map((line, at) => ({ line: at + 1, alike: likeness(wanted, line) }))
  const best = rated.filter(({ alike }) => alike >= NEAR).toSorted((a, b) => b.alike - a.alike)
  return best.filter(({ alike }) => alike >= best[0]!.alike - 0.05).slice(0, 2).map(({ line }) => line)
}

/** `4: await writeFile(…)`, cut to a readable length. */
export function quoteLine(code: string, line: number): string {
  const text = (code.split('\n')[line - 1] ?? '').trim()
  return `${line}: ${text.length <= LINE_SHOWN ? text : `${text.slice(0, LINE_SHOWN - 1)}…`}`
}

/** How many of the wanted pairs the line has too, from 0 to 1. */
function likeness(wanted: string, line: string): number {
  const own = pairsOf(wanted)
  const theirs = pairsOf(line.slice(0, 1000))
  return own.size === 0 ? 0 : [...own].filter((pair) => theirs.has(pair)).length / own.size
}

function pairsOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/\s+/g, '')
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)))
}
