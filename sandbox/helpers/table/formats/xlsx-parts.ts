// Parts of an Office Open XML workbook beside its sheets' cells: shared texts, and how large a sheet says that it is.
import { cellPosition } from './grid.ts'
import { attributeOf, markupScanner } from './markup.ts'
import { withoutEscapes } from './xlsx-sheet.ts'
import { inflateText, type ZipPart } from './zip.ts'

/** Inflated bytes of a sheet that are looked through for its size. */
const MAX_COUNTED = 100_000_000

/** The texts that cells refer to by number; runs are joined, readings of Japanese left out. */
export async function readSharedStrings(what: string, bytes: Uint8Array, part: ZipPart): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let isText = false
  let isReading = false
  const scanner = markupScanner(
    {
      open(name) {
        if (name === 'si') current = ''
        else if (name === 't') isText = !isReading
        else if (name === 'rPh') isReading = true
      },
      close(name) {
        if (name === 't') isText = false
        else if (name === 'rPh') isReading = false
        else if (name === 'si') strings.push(withoutEscapes(current))
      },
      text(text) {
        if (isText) current = current === '' ? text : current + text
      },
    },
    'xml',
  )
  await inflateText(what, bytes, part, (text) => scanner.write(text))
  scanner.end()
  return strings
}

/** Rows and columns that a sheet declares, else those of its last row and first rows; undefined where it is too large. */
export async function dimensionOf(
  what: string,
  bytes: Uint8Array,
  part: ZipPart,
): Promise<{ rows: number; columns: number } | undefined> {
  let declared: { rows: number; columns: number } | undefined
  let rows = 0
  let columns = 0
  let isFirst = true
  const scanner = markupScanner(
    {
      open(name, attributes) {
        if (name === 'dimension') {
          const end = cellPosition((attributeOf(attributes, 'ref') ?? '').split(':').at(-1)!)
          // Some programs write A1 whatever there is.
          if (end && (end.row > 0 || end.column > 0)) declared = { rows: end.row + 1, columns: end.column + 1 }
        } else if (name === 'c')
          columns = Math.max(columns, (cellPosition(attributeOf(attributes, 'r') ?? '')?.column ?? 0) + 1)
      },
      close() {},
      text() {},
    },
    'xml',
  )
  await inflateText(what, bytes, part, (text) => {
    if (isFirst) scanner.write(text)
    isFirst = false
    for (const [, number] of text.matchAll(ROW)) rows = number === undefined ? rows + 1 : Math.max(rows, Number(number))
    return declared === undefined && part.bytes <= MAX_COUNTED
  })
  return declared ?? (part.bytes <= MAX_COUNTED ? { rows, columns } : undefined)
}

const ROW = /<(?:\w+:)?row(?:\s+r="(\d+)"|[\s>])/g
