// A table as rows of text, from the bytes of a CSV file.
import Papa from 'papaparse'
import { decoder } from './decoder.ts'
import type { FileInfo } from './types.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Bytes that are fetched for a table: enough to look at. */
export const TABLE_BYTES = 300_000
const MAX_ROWS = 500

/** The first rows; `isCut`: these are not all bytes, so the last line may be half of one. */
export function readTable(bytes: Uint8Array, { encoding, delimiter }: FileInfo, isCut: boolean): Table {
  const text = decoder(encoding).decode(bytes)
  const { data } = Papa.parse<string[]>(text, {
    delimiter: delimiter ?? '',
    preview: MAX_ROWS + 1,
    skipEmptyLines: true,
  })
  const [head = [], ...rows] = isCut && data.length <= MAX_ROWS ? data.slice(0, -1) : data
  return { head, rows }
}
