// Recognises text whose columns are aligned with spaces, such as the output of a program.

/** Lines that are looked at to decide. */
const LOOKED_AT = 200
/** The share of lines with the same number of cells. */
const MIN_SHARE = 0.8
/** Larger files are not aligned by hand. */
const MAX_LENGTH = 20_000_000

/** The cells of aligned text; undefined if it is none. */
export function splitAlignedText(text: string): string[][] | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const widths = lines.slice(0, LOOKED_AT).map((line) => splitLine(line).length)
  const width = widths[0] ?? 0
  const same = widths.filter((one) => one === width).length
  if (width < 2 || widths.length < 2 || same < widths.length * MIN_SHARE) return undefined
  return lines.map(splitLine)
}

/** Two spaces or more separate cells, so that single ones may lie within. */
function splitLine(line: string): string[] {
  return line.trim().split(/\t| {2,}/)
}
