// Parses the beginning of a CSV file for display.
import Papa from 'papaparse'
import { createDecoder } from './decoder.ts'
import type { FileInfo } from './types.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Bytes fetched for a table preview. */
export const TABLE_BYTES = 300_000
const MAX_ROWS = 500

/** The first rows. `isCut` means that `bytes` is only a part of the file, so the last line may be incomplete. */
export function readTable(bytes: Uint8Array, { encoding, delimiter }: FileInfo, isCut: boolean): Table {
  const text = createDecoder(encoding).decode(bytes)
  const { data } = Papa.parse<string[]>(text, {
    delimiter: delimiter ?? '',
    preview: MAX_ROWS + 1,
    skipEmptyLines: true,
  })
  const [head = [], ...rows] = isCut && data.length <= MAX_ROWS ? data.slice(0, -1) : data
  return { head, rows }
}
