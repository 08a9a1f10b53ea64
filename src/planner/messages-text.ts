// Bounds on text for a model: no base64, head and tail kept, cuts said.

const DATA_URL = /data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,[A-Za-z0-9+/=_\s-]*/g
const WRAPPED = /(?:[A-Za-z0-9+/]{60,}\r?\n){2,}[A-Za-z0-9+/]*={0,2}/g
const RUN = /[A-Za-z0-9+/_-]{160,}={0,2}/g

/** Data URLs and long base64 runs (also wrapped in lines) replaced by what they were. */
export function withoutBase64(text: string): string {
  return text
    .replace(
      DATA_URL,
      (found, mime?: string) => `[data URL${mime ? ` of ${mime}` : ''}, ${count(found.length)} characters]`,
    )
    .replace(WRAPPED, (found) => `[base64, ${count(found.length)} characters]\n`)
    .replace(RUN, (found) => (/[A-Za-z0-9]/.test(found) ? `[base64, ${count(found.length)} characters]` : found))
}

/** Head and tail of a long text, with the number of characters left out between them. */
export function headAndTail(text: string, head: number, tail: number): string {
  if (text.length <= head + tail + 60) return text
  const cut = text.length - head - tail
  return `${whole(text.slice(0, head))}\n[… ${count(cut)} characters cut …]\n${whole(text.slice(text.length - tail))}`
}

/** One line of at most `max` characters. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= max ? line : `${whole(line.slice(0, max - 1))}…`
}

/** 1234567 as 1,234,567. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** Without half a character at either end. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}
