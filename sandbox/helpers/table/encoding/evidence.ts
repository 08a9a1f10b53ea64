// What tells the encoding of a large file: its different cells that are not ASCII, from its beginning, middle and end.

/** Bytes of cells that are enough to judge by. */
const MAX_EVIDENCE = 16_384
/** Cells looked at, the same one each time counted: columns of few values need not be read to their end. */
const MAX_CELLS = 20_000
const WINDOW = 262_144
/** Below this, more is looked for in the rest of the file. */
const MIN_EVIDENCE = 200

/** Different cells with a byte above 0x7F, one a line; cells end at delimiters that no encoding has in a character. */
export function collectEvidence(bytes: Uint8Array): Uint8Array {
  const cells = new Map<string, Uint8Array>()
  let size = 0
  let seen = 0
  const read = (from: number, to: number, most: number): void => {
    const limit = seen + most
    let start = from
    let isAscii = true
    for (let at = from; at <= to && size < MAX_EVIDENCE && seen < limit; at++) {
      const byte = at < to ? bytes[at]! : 10
      if (byte >= 0x80) isAscii = false
      else if (IS_DELIMITER[byte]) {
        if (!isAscii) {
          seen++
          size += addCell(cells, bytes.subarray(start, Math.min(at, start + 400)))
        }
        start = at + 1
        isAscii = true
      }
    }
  }
  const { length } = bytes
  if (length <= 3 * WINDOW) read(0, length, MAX_CELLS)
  else {
    for (const middle of [0, length >> 1, length - WINDOW]) {
      const from = middle === 0 ? 0 : lineStart(bytes, middle)
      read(from, Math.min(length, from + WINDOW), MAX_CELLS / 3)
    }
    if (size < MIN_EVIDENCE) read(0, length, MAX_CELLS)
  }
  return joinLines([...cells.values()])
}

const IS_DELIMITER = Uint8Array.from({ length: 128 }, (_, byte) =>
  ',;"\t\r\n'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

function lineStart(bytes: Uint8Array, from: number): number {
  for (let at = from; at < Math.min(bytes.length, from + WINDOW); at++)
    if (bytes[at] === 10 || bytes[at] === 13) return at + 1
  return from
}

function addCell(cells: Map<string, Uint8Array>, cell: Uint8Array): number {
  const key = String.fromCharCode(...cell)
  if (cells.has(key)) return 0
  cells.set(key, cell)
  return cell.length + 1
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0))
  let at = 0
  for (const line of lines) {
    all.set(line, at)
    at += line.length
    all[at++] = 10
  }
  return all
}
