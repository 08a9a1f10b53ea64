// JSON of strangers. A parser that builds millions of values, or nests them as deeply, holds up everybody whom its thread serves,
// so what it would build is counted first: that ends at the bound, and a byte takes some nanoseconds.

/** More values than anything honest has, and deeper ones. */
export const MAX_VALUES = 30_000
const DEEPEST = 100
/** Whatever is in so many bytes takes no time. */
const SHORT = 10_000

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [BRACKET, BRACE, BRACKET_END, BRACE_END] = [0x5b, 0x7b, 0x5d, 0x7d]

/** The value that UTF-8 says. Throws SyntaxError, or RangeError where there are more than `most` values or they are too deep. */
export function parseJson(json: Uint8Array, most = MAX_VALUES): unknown {
  if (json.length > SHORT) refuseMany(json, most)
  return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8'))
}

/** What is not JSON is the parser's to refuse. */
function refuseMany(json: Uint8Array, most: number): void {
  let [values, depth] = [0, 0]
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (byte === QUOTE) at = endOfText(json, at)
    else if (byte === COMMA) values++
    else if (byte === BRACKET_END || byte === BRACE_END) depth--
    else if (byte === BRACKET || byte === BRACE) {
      values++
      depth++
    }
    if (values > most) throw new RangeError(`There are more than ${most.toLocaleString('en-US')} values in it.`)
    if (depth > DEEPEST) throw new RangeError(`It is more than ${DEEPEST} values deep.`)
  }
}

/** Where the text that begins at a quote ends. */
function endOfText(json: Uint8Array, quote: number): number {
  let at = quote + 1
  for (; at < json.length && json[at] !== QUOTE; at++) if (json[at] === BACKSLASH) at++
  return at
}
