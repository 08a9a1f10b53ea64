// Which sheet of a workbook, or which table of a page, is read.
import { formatValue } from '../../argument.ts'
import type { SheetGrid, SheetInfo } from './grid.ts'

/** A name, or a number from 0; undefined: the first visible sheet that is not empty. */
export type SheetChoice = string | number | undefined

/** What is read of a workbook. */
export interface Wanted {
  readonly sheet: SheetChoice
  readonly maxRows: number
}

export interface ListedSheet {
  readonly name: string
  readonly hidden: boolean
}

export interface ChosenSheet {
  readonly index: number
  readonly grid: SheetGrid
  /** What was chosen among several; none if there was no choice. */
  readonly note: readonly string[]
}

const MAX_LISTED = 20

/**
 * Chooses and reads a sheet.
 * @throws Error that lists the sheets when there is none of this name or number, and when all are empty.
 */
export async function chooseSheet(
  what: string,
  sheets: readonly ListedSheet[],
  choice: SheetChoice,
  read: (index: number) => Promise<SheetGrid> | SheetGrid,
): Promise<ChosenSheet> {
  if (sheets.length === 0) throw new Error(`readTable: ${what} has no sheets with cells`)
  if (choice !== undefined) {
    const index = findSheet(what, sheets, choice)
    const grid = await read(index)
    if (grid.cells.length === 0) throw new Error(`readTable: the sheet '${sheets[index]!.name}' of ${what} is empty`)
    return { index, grid, note: [] }
  }
  const visible = sheets.flatMap(({ hidden }, i) => (hidden ? [] : [i]))
  for (const index of visible.length > 0 ? visible : sheets.keys()) {
    const grid = await read(index)
    if (grid.cells.length > 0) return { index, grid, note: noteOf(sheets, index) }
  }
  throw new Error(`readTable: ${what} is empty: no cell of its visible sheets (${namesOf(sheets)}) is filled`)
}

/** The sheets with their sizes, where they are known. */
export function describeSheets(
  sheets: readonly ListedSheet[],
  sizes: readonly ({ readonly rows: number; readonly columns: number } | undefined)[],
): SheetInfo[] {
  return sheets.map(({ name, hidden }, i) => ({ name, hidden, ...sizes[i] }))
}

function findSheet(what: string, sheets: readonly ListedSheet[], choice: string | number): number {
  const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
  const index =
    typeof choice === 'number'
      ? choice
      : [
          sheets.findIndex(({ name }) => name === choice),
          sheets.findIndex(({ name }) => plain(name) === plain(choice)),
        ].find((at) => at >= 0)
  if (index !== undefined && sheets[index] !== undefined) return index
  const numbers = sheets.length > 1 ? ` (numbers 0 to ${sheets.length - 1})` : ''
  throw new Error(`readTable: ${what} has no sheet ${formatValue(choice)}; its sheets${numbers} are ${namesOf(sheets)}`)
}

function noteOf(sheets: readonly ListedSheet[], index: number): string[] {
  const others = sheets.filter((_, i) => i !== index)
  if (others.length === 0) return []
  return [`read the sheet '${sheets[index]!.name}'; others: ${namesOf(others)} (pass { sheet: '…' })`]
}

function namesOf(sheets: readonly ListedSheet[]): string {
  const named = sheets.slice(0, MAX_LISTED).map(({ name, hidden }) => `'${name}'${hidden ? ' (hidden)' : ''}`)
  return `${named.join(', ')}${sheets.length > MAX_LISTED ? ` and ${sheets.length - MAX_LISTED} more` : ''}`
}
