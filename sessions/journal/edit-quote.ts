// Quotes lines of a cell to its editor: where a piece occurs or nearly occurs, and what an edit has changed.

const LINE_SHOWN = 100
const PLACE_SHOWN = 60
/** The share of the wanted character pairs from which a line counts as similar. */
const MIN_SIMILARITY = 0.5
/** Lines that are compared, from the first; snippets have fewer. */
const LINES_COMPARED = 2000

/** The one or two lines most similar to the longest line of `find`, counted from 1; empty if none is similar. */
export function nearestLines(code: string, find: string): number[] {
  const rows = find.split('\n').map((row) => row.trim())
  const wanted = rows.reduce((long, row) => (row.length > long.length ? row : long)).slice(0, 200)
  const lines = code.split('\n', LINES_COMPARED)
  const rated = lines.map((line, at) => ({ line: at + 1, alike: similarity(wanted, line) }))
  const best = rated.filter(({ alike }) => alike >= MIN_SIMILARITY).toSorted((a, b) => b.alike - a.alike)
  return best
    .filter(({ alike }) => alike >= best[0]!.alike - 0.05)
    .slice(0, 2)
    .map(({ line }) => line)
}

/** `4: await writeFile(…)`, cut to a readable length. */
export function quoteLine(code: string, line: number): string {
  return `${line}: ${excerpt((code.split('\n')[line - 1] ?? '').trim(), 0, LINE_SHOWN)}`
}

/** `4: …turn(photo, 45), await…`: the line around a position in it. */
export function quotePlace(code: string, at: number): string {
  const start = code.lastIndexOf('\n', at - 1) + 1
  const line = code.slice(0, start).split('\n').length
  const text = code.slice(start).split('\n', 1)[0]!
  const indent = text.length - text.trimStart().length
  return `${line}: ${excerpt(text.trim(), Math.max(0, at - start - indent), PLACE_SHOWN)}`
}

/** The lines of `after` that `before` lacks, with their numbers; long ones are cut to the text around the change. */
export function changedLines(before: string, after: string): { line: number; text: string }[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const gone = subtractLines(old, now)
  return subtractLines(now, old).map(({ line, text }, i) => {
    return { line, text: excerpt(text, firstDifference(gone[i]?.text ?? '', text), LINE_SHOWN) }
  })
}

/** The multiset difference of the lines, without blank ones. */
function subtractLines(lines: readonly string[], others: readonly string[]): { line: number; text: string }[] {
  const left = new Map<string, number>()
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
  return lines.flatMap((text, at) => {
    const there = left.get(text) ?? 0
    left.set(text, there - 1)
    return there > 0 || text.trim() === '' ? [] : [{ line: at + 1, text: text.trim() }]
  })
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < other.length && one[at] === other[at]) at++
  return at
}

/** At most `length` characters of a line, with `at` well inside. */
function excerpt(text: string, at: number, length: number): string {
  if (text.length <= length) return text
  const from = Math.max(0, Math.min(at - Math.floor(length / 3), text.length - length))
  const end = from + length
  return `${from > 0 ? '…' : ''}${text.slice(from, end).toWellFormed()}${end < text.length ? '…' : ''}`
}

/** The share of the wanted character pairs that the line has too, from 0 to 1. */
function similarity(wanted: string, line: string): number {
  const own = pairsOf(wanted)
  const theirs = pairsOf(line.slice(0, 1000))
  return own.size === 0 ? 0 : [...own].filter((pair) => theirs.has(pair)).length / own.size
}

function pairsOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/\s+/g, '')
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)))
}
