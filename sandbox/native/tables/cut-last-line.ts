// The beginning of a text file as a text of its own.

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34]
/** Bytes at the end in which a line end outside quotes is looked for. */
const MAX_CUT = 200_000

/** Up to the last line end that is not inside quotes, as far as can be told from the number of quotes; at least half. */
export function cutLastLine(start: Uint8Array): Uint8Array {
  const isWide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  if (isWide) return start.subarray(0, wideEnd(start))
  let quotes = 0
  for (let at = start.indexOf(QUOTE); at >= 0; at = start.indexOf(QUOTE, at + 1)) quotes++
  const least = Math.max(start.length >> 1, start.length - MAX_CUT)
  let fallback: number | undefined
  for (let end = start.length; end > least; end--) {
    const byte = start[end - 1]
    if (byte === QUOTE) quotes--
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue
    if (quotes % 2 === 0) return start.subarray(0, end)
    fallback ??= end
  }
  return start.subarray(0, fallback ?? start.length)
}

/** Behind the last line feed of UTF-16. */
function wideEnd(start: Uint8Array): number {
  const [first, second] = start[0] === 0xff ? [LINE_FEED, 0] : [0, LINE_FEED]
  const last = start.length & ~1
  for (let end = last; end > last >> 1; end -= 2) if (start[end - 2] === first && start[end - 1] === second) return end
  return last
}
