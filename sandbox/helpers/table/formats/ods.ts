// Reads OpenDocument spreadsheets (OASIS, OpenDocument 1.3, part 3, sections 9 and 19).
import { chooseSheet, describeSheets, type Wanted } from './choose-sheet.ts'
import { gridBuilder, type GridBuilder } from './grid-builder.ts'
import { MAX_COLUMNS, MAX_ROWS, type Grid, type GridCell } from './grid.ts'
import { attributeOf, markupScanner, type MarkupHandler } from './markup.ts'
import { timeText } from './number-format.ts'
import { locked } from './problems.ts'
import { inflateText, type ZipPart } from './zip.ts'

export interface Sheet {
  readonly name: string
  readonly style: string
  readonly builder: GridBuilder
}

/** Reads one sheet of an OpenDocument spreadsheet. */
export async function readOds(
  what: string,
  bytes: Uint8Array,
  parts: ReadonlyMap<string, ZipPart>,
  { sheet, maxRows }: Wanted,
): Promise<Grid> {
  const manifest = parts.get('META-INF/manifest.xml')
  if (manifest && (await contains(what, bytes, manifest, 'encryption-data'))) throw locked(what)
  const sheets: Sheet[] = []
  const hiddenStyles = new Set<string>()
  const scanner = markupScanner(
    documentHandler(sheets, hiddenStyles, () => gridBuilder({ maxRows })),
    'xml',
  )
  await inflateText(what, bytes, parts.get('content.xml')!, (text) => scanner.write(text))
  scanner.end()
  if (sheets.length === 0) throw new Error(`readTable: ${what} is an OpenDocument file without sheets`)
  const listed = sheets.map(({ name, style }) => ({ name, hidden: hiddenStyles.has(style) }))
  const { index, grid, note } = await chooseSheet(what, listed, sheet, (i) => sheets[i]!.builder.finish(what))
  const sizes = sheets.map(({ builder }) => builder.size())
  const described = describeSheets(listed, sizes)
  return { ...grid, format: 'ods', sheet: listed[index]!.name, sheets: described, notes: [...note, ...grid.notes] }
}

async function contains(what: string, bytes: Uint8Array, part: ZipPart, word: string): Promise<boolean> {
  let isFound = false
  await inflateText(what, bytes, part, (text) => {
    isFound ||= text.includes(word)
  })
  return isFound
}

/** A handler of `content.xml`: sheets with their cells, and the names of styles that hide a sheet. */
export function documentHandler(
  sheets: Sheet[],
  hiddenStyles: Set<string>,
  makeBuilder: () => GridBuilder,
): MarkupHandler {
  let style = ''
  let cells: MarkupHandler | undefined
  let depth = 0
  return {
    open(name, attributes) {
      if (name === 'table' && depth++ === 0) {
        const builder = makeBuilder()
        const title = attributeOf(attributes, 'name') ?? `Sheet ${sheets.length + 1}`
        sheets.push({ name: title, style: attributeOf(attributes, 'style-name') ?? '', builder })
        cells = cellHandler(builder)
      } else if (cells) cells.open(name, attributes)
      else if (name === 'style') style = attributeOf(attributes, 'name') ?? ''
      else if (name === 'table-properties' && attributeOf(attributes, 'display') === 'false') hiddenStyles.add(style)
    },
    close(name) {
      if (name === 'table' && --depth === 0) cells = undefined
      else cells?.close(name)
    },
    text(text) {
      cells?.text(text)
    },
  }
}

/** A repeated row is written out this many times at most; what repeats more often is empty in practice. */
const MAX_REPEATED = 100_000

interface Put {
  readonly column: number
  readonly times: number
  readonly put: (row: number, column: number) => void
}

/** Puts the cells of one `table:table` into a builder. */
function cellHandler(builder: GridBuilder): MarkupHandler {
  let row = 0
  let rowTimes = 1
  let column = 0
  let inRow: Put[] = []
  let attributes: string | undefined
  let text: string | undefined
  let annotations = 0

  const finishCell = (given: string): void => {
    const times = timesOf(given, 'number-columns-repeated')
    const put = cellOf(builder, given, text)
    if (put && column + times <= MAX_COLUMNS) inRow.push({ column, times, put })
    const columns = timesOf(given, 'number-columns-spanned')
    const rows = timesOf(given, 'number-rows-spanned')
    if (columns > 1 || rows > 1) builder.merge({ row, column, rows, columns })
    column += times
  }
  const finishRow = (): void => {
    if (inRow.length > 0)
      for (let i = 0; i < Math.min(rowTimes, MAX_REPEATED) && row + i < MAX_ROWS; i++)
        for (const { column: first, times, put } of inRow)
          for (let at = first; at < first + times; at++) put(row + i, at)
    row += rowTimes
  }

  return {
    open(name, given) {
      if (name === 'table-row') {
        rowTimes = timesOf(given, 'number-rows-repeated')
        column = 0
        inRow = []
      } else if (name === 'table-cell' || name === 'covered-table-cell') {
        attributes = given
        text = undefined
      } else if (attributes === undefined) return
      else if (name === 'annotation') annotations++
      else if (annotations > 0) return
      else if (name === 'p') text = text === undefined ? '' : `${text}\n`
      else if (name === 's') text = (text ?? '') + ' '.repeat(Math.min(1000, timesOf(given, 'c')))
      else if (name === 'tab') text = `${text ?? ''}\t`
      else if (name === 'line-break') text = `${text ?? ''}\n`
    },
    close(name) {
      if (name === 'table-row') finishRow()
      else if (name === 'annotation') annotations--
      else if ((name === 'table-cell' || name === 'covered-table-cell') && attributes !== undefined) {
        finishCell(attributes)
        attributes = undefined
      }
    },
    text(part) {
      if (text !== undefined && annotations === 0) text += part
    },
  }
}

function timesOf(attributes: string, name: string): number {
  const times = Number(attributeOf(attributes, name) ?? 1)
  return Number.isInteger(times) && times > 0 ? times : 1
}

/** How a cell is put at a place; undefined for an empty one. */
function cellOf(builder: GridBuilder, attributes: string, text: string | undefined) {
  const put = (value: GridCell) => (row: number, column: number) => builder.put(row, column, value)
  const formula = attributeOf(attributes, 'formula')
  const type = attributeOf(attributes, 'value-type')
  if ((formula !== undefined || type === 'string') && text !== undefined && ERROR.test(text))
    return (row: number, column: number) => builder.putError(row, column, text)
  switch (type) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const written = attributeOf(attributes, 'value') ?? ''
      const number = Number(written)
      const symbol = attributeOf(attributes, 'currency') ?? ''
      const kind = type === 'percentage' ? 'percent' : symbol === '' ? 'general' : 'currency'
      const format = kind === 'currency' ? ({ kind, symbol } as const) : ({ kind } as const)
      return (row: number, column: number) => builder.putNumber(row, column, number, format, written)
    }
    case 'date':
      return put({
        date: (attributeOf(attributes, 'date-value') ?? '').replace(/T00:00:00(?:\.0+)?$|(?:\.0+)?Z?$/, ''),
      })
    case 'time':
      return put(timeText(daysOf(attributeOf(attributes, 'time-value') ?? '')))
    case 'boolean':
      return put(attributeOf(attributes, 'boolean-value') === 'true')
    default:
      if (formula !== undefined && (text ?? '') === '' && type === undefined)
        return (row: number, column: number) => builder.putFormula(row, column, formula.replace(/^(?:of:|oooc:)?=/, ''))
      return text === undefined || text === '' ? undefined : put(attributeOf(attributes, 'string-value') ?? text)
  }
}

const ERROR = /^(?:#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3})$/

/** Days of a duration such as PT13H30M00S. */
function daysOf(duration: string): number {
  const part = (letter: string): number => Number(new RegExp(`([\\d.]+)${letter}`).exec(duration)?.[1] ?? 0)
  const days = part('H') / 24 + part('M') / 1440 + part('S') / 86_400
  return duration.startsWith('-') ? -days : days
}
