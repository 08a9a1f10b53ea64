// Parses JSON from untrusted senders. Building millions of values, or very deep ones, would block the thread for
// everybody it serves, so values are counted first: the count stops at the limit and takes a few nanoseconds a byte.

/** More values than any honest message has; the constant below limits the nesting the same way. */
export const MAX_VALUES = 30_000
const MAX_DEPTH = 100
/** JSON of up to this many bytes parses fast enough to skip the count. */
const MAX_UNCHECKED_BYTES = 10_000

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [BRACKET, BRACE, BRACKET_END, BRACE_END] = [0x5b, 0x7b, 0x5d, 0x7d]

/** Parses UTF-8 JSON. Throws SyntaxError, or RangeError for more than `most` values or too deep a nesting. */
export function parseJson(json: Uint8Array, most = MAX_VALUES): unknown {
  if (json.length > MAX_UNCHECKED_BYTES) checkComplexity(json, most)
  return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8'))
}

/** Counts only; invalid JSON is left to the parser to reject. */
function checkComplexity(json: Uint8Array, most: number): void {
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
    if (values > most) throw new RangeError(`It has more than ${most.toLocaleString('en-US')} values.`)
    if (depth > MAX_DEPTH) throw new RangeError(`It is nested more than ${MAX_DEPTH} levels deep.`)
  }
}

/** The index of the quote that closes the string opened at `quote`. */
function endOfText(json: Uint8Array, quote: number): number {
  let at = quote + 1
  for (; at < json.length && json[at] !== QUOTE; at++) if (json[at] === BACKSLASH) at++
  return at
}
