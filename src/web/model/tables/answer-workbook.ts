// A table of a text as an Excel workbook. Its writer is large, so that it is loaded with the first download.
import { writeXlsx } from 'hucre/xlsx'
import { numberOf } from './answer-cells.ts'

const [MIN_WIDTH, MAX_WIDTH] = [8, 50]

/** The first row is the header. */
export async function toWorkbook(rows: readonly (readonly string[])[], sheet: string): Promise<Uint8Array> {
  const [head = [], ...body] = rows
  const columns = head.map((name, column) => {
    const texts = body.map((row) => row[column] ?? '')
    const width = Math.max(...[name, ...texts].map(widthOf)) + 2
    return { width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)), ...formatOf(texts) }
  })
  return writeXlsx({
    sheets: [
      {
        name: sheet,
        columns,
        rows: [
          [...head],
          ...body.map((row) => row.map((text) => numberOf(text)?.value ?? (text.trim() === '' ? null : text))),
        ],
        cells: new Map(head.map((_, column) => [`0,${column}`, { style: { font: { bold: true } } }])),
        freezePane: { rows: 1 },
      },
    ],
  })
}

/** The number format that shows a column as the text does. */
function formatOf(texts: readonly string[]): { numFmt?: string } {
  const present = texts.filter((text) => numberOf(text) !== undefined)
  if (present.length === 0) return {}
  const decimals = Math.max(...present.map((text) => /\.(\d+)/.exec(text)?.[1]?.length ?? 0))
  const places = decimals === 0 ? '' : `.${'0'.repeat(decimals)}`
  if (present.every((text) => text.trim().endsWith('%'))) return { numFmt: `0${places}%` }
  return { numFmt: present.some((text) => text.includes(',')) ? `#,##0${places}` : `0${places}` }
}

/** Characters; Chinese ones count twice. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0)
}
