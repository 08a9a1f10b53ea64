// CSV files that the engine reads itself.
import type { DuckDBConnection } from '@duckdb/node-api'
import type { FileBinding, FileCheck } from '../../helpers/sql/wire.ts'
import { quoteName, quoteText } from './duckdb.ts'

const TYPES = { number: 'DOUBLE', text: 'VARCHAR', date: 'DATE', timestamp: 'TIMESTAMP', boolean: 'BOOLEAN' } as const

/** Half the time, and it forgets what it has read, but it throws where rows differ in length or quotes are left open. */
const REGULAR = ['null_padding = false', 'strict_mode = true', 'parallel = true']
/** Reads whatever there is, and keeps what it has read while there is memory. */
const LENIENT = ['null_padding = true', 'strict_mode = false', 'parallel = false']

/** DuckDB's reader of CSV, told what our own reader found in the beginning of the file; all columns are texts. */
function scanTexts({ file, delimiter, skip, header, columns, isRegular }: FileBinding): string {
  const texts = columns.map(({ name }) => `${quoteText(name)}: 'VARCHAR'`)
  const options = [
    `delim = ${quoteText(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `skip = ${skip}`,
    `header = ${header}`,
    `columns = {${texts.join(', ')}}`,
    'auto_detect = false',
    ...(isRegular ? REGULAR : LENIENT),
  ]
  return `read_csv(${quoteText(file)}, ${options.join(', ')})`
}

/** A column in its type. As our reader has them, 1,234.5 and $12 and 12.5% are numbers. */
function readTyped({ name, type }: FileBinding['columns'][number]): string {
  const own = quoteName(name)
  if (type === 'text') return own
  const plain = `try_cast(${own} as ${TYPES[type]})`
  return type === 'number'
    ? `coalesce(${plain}, try_cast(regexp_replace(${own}, '[,%$€£¥ ]', '', 'g') as DOUBLE))`
    : plain
}

/** The rows of a file as SQL that selects them. */
export function scanOf(file: FileBinding): string {
  const read = file.columns.map((column) => `${readTyped(column)} as ${quoteName(column.name)}`)
  return `(select ${read.join(', ')} from ${scanTexts(file)})`
}

/** Counts in one pass what the types of a file's columns leave out. */
export async function checkFile(connection: DuckDBConnection, file: FileBinding): Promise<FileCheck> {
  const counts = file.columns.flatMap((column) => [`count(${quoteName(column.name)})`, `count(${readTyped(column)})`])
  const count = (isRegular: boolean) =>
    connection.runAndReadAll(`select count(*), ${counts.join(', ')} from ${scanTexts({ ...file, isRegular })}`)
  const regular = await count(true).catch(() => undefined)
  const result = regular ?? (await count(false))
  const [rows = 0, ...all] = (result.getRows()[0] ?? []).map(Number)
  return {
    isRegular: regular !== undefined,
    rows,
    present: all.filter((_, i) => i % 2 === 0),
    fitting: all.filter((_, i) => i % 2 === 1),
  }
}
