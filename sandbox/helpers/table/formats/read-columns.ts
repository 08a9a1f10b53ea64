// Reads tables whose files are stored by columns: Parquet, Arrow, Feather.
import { readArrow } from './arrow.ts'
import type { FileColumns } from './file-columns.ts'
import { readParquet } from './parquet.ts'

/**
 * The columns of a Parquet or Arrow file; undefined for other files. `name`: the file's name, '' for bytes;
 * `maxRows`: how many rows are read, of all that `rows` counts.
 * @throws Error for a damaged or encrypted file.
 */
export async function readColumns(
  given: Uint8Array,
  name: string,
  maxRows = Infinity,
): Promise<FileColumns | undefined> {
  // A Buffer's `slice` does not copy.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length)
  const what = name === '' ? 'the table' : `'${name}'`
  const head = String.fromCharCode(...bytes.subarray(0, 6))
  if (head.startsWith('PAR1')) return await readParquet(what, bytes, maxRows)
  if (head.startsWith('PARE'))
    throw new Error(`readTable: ${what} is an encrypted Parquet file. Write it without encryption and attach that.`)
  if (head.startsWith('FEA1'))
    throw new Error(`readTable: ${what} is a Feather file of version 1, which is not read here. Save it as version 2.`)
  if (head === 'ARROW1') return await readArrow(what, bytes, maxRows)
  const isStream = head.startsWith('\xff\xff\xff\xff') && /\.(?:arrows?|ipc|feather)$/i.test(name)
  return isStream ? await readArrow(what, bytes, maxRows) : undefined
}
