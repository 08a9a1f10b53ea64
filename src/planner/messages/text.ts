// Bounds text for a model: removes base64, keeps head and tail, marks cuts.

const DATA_URL = /data:([\w.+-]{1,60}\/[\w.+-]{1,60})?(?:;[\w=.+-]{1,60}){0,5};base64,[A-Za-z0-9+/=_-]*/g
/** Matches maximal runs only and nests no quantifiers: linear time, even on megabytes without a line break. */
const RUN = /[A-Za-z0-9+/_-]{60,}={0,2}/g
const LAST_LINE = /\r?\n(?:[A-Za-z0-9+/_-]{20,100}={0,2}|[A-Za-z0-9+/_-]{1,100}={1,2})(?![A-Za-z0-9+/_-])/y
const LONG = 160

/** Replaces data URLs and long base64 runs, also wrapped in lines, with a short description. */
export function withoutBase64(text: string): string {
  const plain = text.replace(DATA_URL, (found, mime?: string) => {
    return `[data URL${mime ? ` of ${mime}` : ''}, ${formatCount(found.length)} characters]`
  })
  let result = ''
  let at = 0
  for (const { start, end } of findBase64(plain)) {
    result += `${plain.slice(at, start)}[base64, ${formatCount(end - start)} characters]`
    at = end
  }
  return result + plain.slice(at)
}

/** Runs that are long by themselves, or consecutive lines of runs with a shorter last line. */
function findBase64(text: string): { start: number; end: number }[] {
  const groups: { start: number; end: number; lines: number }[] = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const last = groups.at(-1)
    const end = index + run.length
    if (last && /^\r?\n$/.test(text.slice(last.end, Math.min(index, last.end + 3)))) {
      last.end = end
      last.lines++
    } else groups.push({ start: index, end, lines: 1 })
  }
  const found = groups.filter(({ start, end, lines }) => {
    return (lines > 1 || end - start >= LONG) && /[A-Za-z0-9]/.test(text.slice(start, end))
  })
  return found.map(({ start, end }) => {
    LAST_LINE.lastIndex = end
    return { start, end: LAST_LINE.test(text) ? LAST_LINE.lastIndex : end }
  })
}

/** Head and tail of a long text without base64, with the number of omitted characters between them. */
export function truncate(text: string, head: number, tail: number): string {
  const far = 20 * (head + tail)
  if (text.length <= far) return headAndTail(withoutBase64(text), head, tail)
  const first = trimSurrogates(withoutBase64(text.slice(0, far / 2)).slice(0, head))
  const last = trimSurrogates(withoutBase64(text.slice(-far / 2)).slice(-tail))
  return `${first}\n[… ${formatCount(text.length - first.length - last.length)} characters cut …]\n${last}`
}

function headAndTail(text: string, head: number, tail: number): string {
  if (text.length <= head + tail + 60) return text
  const cut = text.length - head - tail
  return `${trimSurrogates(text.slice(0, head))}\n[… ${formatCount(cut)} characters cut …]\n${trimSurrogates(text.slice(text.length - tail))}`
}

/** One line of at most `max` characters. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= max ? line : `${trimSurrogates(line.slice(0, max - 1))}…`
}

export function formatCount(value: number): string {
  return GROUPED.format(value)
}

/** Shared: a long conversation formats thousands of numbers, and constructing a formatter is slow. */
const GROUPED = new Intl.NumberFormat('en-US')

/** Removes half a surrogate pair at either end. */
function trimSurrogates(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}
