// What `writeTable` wrote is read again from the disk by code that did not write it, and compared cell by cell.
import { readFile } from 'node:fs/promises'
import { formatValue } from '../../argument.ts'
import { cellName } from '../formats/grid.ts'
import type { Cell, SheetData } from './sheet-data.ts'

/** What a reader found at a place of the data; undefined values count as missing. */
export type Found = (row: number, column: number) => unknown

/** @throws Error that names the file and the cell, for the first that differs. */
export function compare(
  file: string,
  { name, columns }: SheetData,
  rows: Iterable<number>,
  found: Found,
  plain: (value: Cell) => Cell = same,
): void {
  for (const row of rows)
    for (let column = 0; column < columns.length; column++) {
      const wanted = plain(columns[column]!.get(row))
      const actual = found(row, column)
      if (isSame(wanted, actual)) continue
      throw new Error(
        `writeTable: '${file}' was written, but reads back wrong: row ${row + 1}, column '${columns[column]!.name}' (cell ${cellName(row + 1, column)} of '${name}') should be ${formatValue(wanted)} and is ${formatValue(actual)}. Please report this.`,
      )
    }
}

/** @throws Error when a reader found another number of rows. */
export function compareCount(file: string, { name, rows }: SheetData, found: number): void {
  if (found === rows) return
  throw new Error(
    `writeTable: '${file}' was written, but reads back wrong: '${name}' has ${rows} rows and ${found} were read. Please report this.`,
  )
}

/** All rows, or of many the first and last ones and others at even distances. */
export function* rowsToCompare(rows: number, most: number): Generator<number> {
  const step = Math.max(1, Math.floor(rows / most))
  for (let row = 0; row < rows; row += step) yield row
  if (step > 1) yield rows - 1
}

/** The bytes that are on the disk. */
export async function written(file: string): Promise<Uint8Array> {
  const { buffer, byteOffset, length } = await readFile(file)
  return new Uint8Array(buffer, byteOffset, length)
}

const same = (value: Cell): Cell => value

/** Missing values and empty texts are the same; dates are compared as what they mean. */
function isSame(wanted: Cell, actual: unknown): boolean {
  if (wanted === actual) return true
  if (wanted === null || wanted === '') return actual === null || actual === undefined || actual === ''
  if (typeof wanted === 'number') return typeof actual === 'number' && wanted === actual
  return typeof wanted === 'string' && typeof actual === 'string' && plainText(wanted) === plainText(actual)
}

function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2')
    .replace(DATE, '$1')
    .replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})$/, '$1:00')
    .replace(/(T\d{2}:\d{2}:\d{2}\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

const DATE = /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?$/
