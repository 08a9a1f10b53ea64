// Reads Excel 97 to 2003 (BIFF) and binary workbooks (XLSB) with SheetJS, which is loaded for these alone.
import { chooseSheet, describeSheets, type Wanted } from './choose-sheet.ts'
import { gridBuilder } from './grid-builder.ts'
import { cellPosition, type Grid, type SheetGrid } from './grid.ts'
import { locked } from './problems.ts'
import { parseNumberFormat, type NumberFormat } from './number-format.ts'

/** Reads one sheet of an old or binary workbook. */
export async function readXls(
  what: string,
  bytes: Uint8Array,
  format: 'xls' | 'xlsb',
  { sheet, maxRows }: Wanted,
): Promise<Grid> {
  const { read } = await import('@e965/xlsx')
  let workbook: ReturnType<typeof read>
  try {
    workbook = read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      ...(maxRows < Infinity && { sheetRows: maxRows }),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (/password|encrypt/i.test(reason)) throw locked(what, error)
    throw new Error(`readTable: ${what} cannot be read as a workbook (${reason}). Save it again as .xlsx or CSV.`, {
      cause: error,
    })
  }
  const states = workbook.Workbook?.Sheets ?? []
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true
  const listed = workbook.SheetNames.map((name, i) => ({ name, hidden: (states[i]?.Hidden ?? 0) !== 0 }))
  const gridOf = (i: number): SheetGrid => readSheet(what, workbook.Sheets[workbook.SheetNames[i]!]!, is1904)
  const { index, grid, note } = await chooseSheet(what, listed, sheet, gridOf)
  const sizes = workbook.SheetNames.map((name) => sizeOf(workbook.Sheets[name]!))
  const sheets = describeSheets(listed, sizes)
  return { ...grid, format, sheet: listed[index]!.name, sheets, notes: [...note, ...grid.notes] }
}

/** What is used of SheetJS's dense sheets. */
interface SheetCell {
  readonly t: string
  readonly v?: unknown
  readonly z?: unknown
  readonly f?: string
  readonly w?: string
}
interface Position {
  readonly r: number
  readonly c: number
}
interface DenseSheet {
  readonly '!data'?: readonly (readonly (SheetCell | undefined)[] | undefined)[]
  /** The range of all cells, where not all were read. */
  readonly '!fullref'?: string
  readonly '!merges'?: readonly { readonly s: Position; readonly e: Position }[]
}

function sizeOf(sheet: object): { rows: number; columns: number } {
  const { '!data': data = [], '!fullref': whole } = sheet as DenseSheet
  const end = cellPosition(whole?.split(':').at(-1) ?? '')
  if (end) return { rows: end.row + 1, columns: end.column + 1 }
  return { rows: data.length, columns: data.reduce((most, row) => Math.max(most, row?.length ?? 0), 0) }
}

function readSheet(what: string, sheet: object, is1904: boolean): SheetGrid {
  const { '!data': data = [], '!merges': merges = [] } = sheet as DenseSheet
  const builder = gridBuilder({ is1904 })
  const formats = new Map<string, NumberFormat>()
  const formatOf = (code: unknown): NumberFormat | undefined => {
    if (typeof code !== 'string') return undefined
    let format = formats.get(code)
    if (format === undefined) formats.set(code, (format = parseNumberFormat(code)))
    return format
  }
  // Some writers store '' for a formula that nobody computed.
  const hasValues = data.some((cells) =>
    cells?.some((cell) => cell?.f !== undefined && cell.v !== '' && cell.v !== undefined),
  )
  data.forEach((cells, row) => {
    cells?.forEach((cell, column) => {
      if (!cell) return
      const { t, v, z, f, w } = cell
      if (t === 'n' && typeof v === 'number') builder.putNumber(row, column, v, formatOf(z))
      else if (t === 'b') builder.put(row, column, v === true)
      else if (t === 'e') builder.putError(row, column, w ?? ERRORS[Number(v)] ?? '#VALUE!')
      else if (f !== undefined && v === '' && !hasValues) builder.putFormula(row, column, f)
      else if (t === 's') builder.put(row, column, String(v))
      else if (f !== undefined) builder.putFormula(row, column, f)
    })
  })
  for (const { s, e } of merges) builder.merge({ row: s.r, column: s.c, rows: e.r - s.r + 1, columns: e.c - s.c + 1 })
  return builder.finish(what)
}

/** Error codes of BIFF ([MS-XLS] 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}
