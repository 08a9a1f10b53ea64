// Reads SpreadsheetML 2003 ("XML Spreadsheet"), which many systems export under the name .xls.
import { chooseSheet, describeSheets, type Wanted } from './choose-sheet.ts'
import { gridBuilder, type GridBuilder } from './grid-builder.ts'
import type { Grid } from './grid.ts'
import { attributeOf, scanMarkup } from './markup.ts'
import { parseNumberFormat, type NumberFormat } from './number-format.ts'

interface Sheet {
  readonly name: string
  hidden: boolean
  readonly builder: GridBuilder
}

/** Reads one sheet of an XML spreadsheet. */
export async function readSpreadsheetXml(what: string, text: string, { sheet, maxRows }: Wanted): Promise<Grid> {
  const sheets = parseSheets(text, maxRows)
  const { index, grid, note } = await chooseSheet(what, sheets, sheet, (i) => sheets[i]!.builder.finish(what))
  const sizes = sheets.map(({ builder }) => builder.size())
  const described = describeSheets(sheets, sizes)
  const notes = [...note, ...grid.notes]
  return { ...grid, format: 'spreadsheet-xml', sheet: sheets[index]!.name, sheets: described, notes }
}

/** The formats that SpreadsheetML has names for. */
const NAMED: Readonly<Record<string, string>> = {
  percent: '0.00%',
  currency: '[$$]#,##0.00',
  'euro currency': '[$€]#,##0.00',
  'general date': 'yyyy-mm-dd hh:mm',
  'long date': 'yyyy-mm-dd',
  'medium date': 'yyyy-mm-dd',
  'short date': 'yyyy-mm-dd',
}

function parseSheets(xml: string, maxRows: number): Sheet[] {
  const sheets: Sheet[] = []
  const formats = new Map<string, NumberFormat>()
  let style = ''
  let row = -1
  let column = -1
  let across = 0
  let cell: { format: NumberFormat | undefined; formula: string | undefined; isFilled: boolean } | undefined
  let data: { type: string; text: string } | undefined
  let isVisibility = false

  scanMarkup(xml, 'xml', {
    open(name, attributes) {
      if (name === 'Style') style = attributeOf(attributes, 'ID') ?? ''
      else if (name === 'NumberFormat') {
        const code = attributeOf(attributes, 'Format') ?? ''
        formats.set(style, parseNumberFormat(NAMED[code.toLowerCase()] ?? code))
      } else if (name === 'Worksheet') {
        sheets.push({ name: attributeOf(attributes, 'Name') ?? '', hidden: false, builder: gridBuilder({ maxRows }) })
        row = -1
      } else if (name === 'Row') {
        row = Number(attributeOf(attributes, 'Index') ?? row + 2) - 1
        column = -1
        across = 0
      } else if (name === 'Cell') {
        column = Number(attributeOf(attributes, 'Index') ?? column + across + 2) - 1
        across = Number(attributeOf(attributes, 'MergeAcross') ?? 0)
        const down = Number(attributeOf(attributes, 'MergeDown') ?? 0)
        sheets.at(-1)?.builder.merge({ row, column, rows: down + 1, columns: across + 1 })
        const format = formats.get(attributeOf(attributes, 'StyleID') ?? '')
        cell = { format, formula: attributeOf(attributes, 'Formula'), isFilled: false }
      } else if (name === 'Data' && cell) data = { type: attributeOf(attributes, 'Type') ?? 'String', text: '' }
      else if (name === 'Visible') isVisibility = true
    },
    close(name) {
      const sheet = sheets.at(-1)
      if (name === 'Data' && data && cell && sheet) {
        putData(sheet.builder, row, column, data, cell.format)
        cell.isFilled = data.text !== ''
        data = undefined
      } else if (name === 'Cell' && cell && sheet) {
        if (cell.formula !== undefined && !cell.isFilled)
          sheet.builder.putFormula(row, column, cell.formula.replace(/^=/, ''))
        cell = undefined
      } else if (name === 'Visible') isVisibility = false
    },
    text(text) {
      if (data) data.text += text
      else if (isVisibility && /^Sheet(?:Very)?Hidden$/.test(text.trim())) {
        const sheet = sheets.at(-1)
        if (sheet) sheet.hidden = true
      }
    },
  })
  return sheets
}

function putData(
  builder: GridBuilder,
  row: number,
  column: number,
  { type, text }: { type: string; text: string },
  format: NumberFormat | undefined,
): void {
  if (type === 'Number' && Number.isFinite(Number(text)) && text.trim() !== '')
    builder.putNumber(row, column, Number(text), format, text.trim())
  else if (type === 'DateTime') builder.put(row, column, { date: text.replace(/(?:T00:00:00)?(?:\.0+)?Z?$/, '') })
  else if (type === 'Boolean') builder.put(row, column, text.trim() === '1')
  else if (type === 'Error') builder.putError(row, column, text.trim())
  else builder.put(row, column, text)
}
