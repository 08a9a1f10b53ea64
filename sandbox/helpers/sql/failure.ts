// Errors of a query as a snippet's author can act on them: DuckDB's message, and the files and tables that exist.
import { readdirSync } from 'node:fs'

const MAX_LISTED = 20
const MAX_COLUMNS = 40
const MAX_LOOKED_AT = 500

/** The error to throw for one of the engine's. */
export function explainFailure(
  error: unknown,
  tables: readonly string[],
  columns: ReadonlyMap<string, readonly string[]>,
): unknown {
  if (!(error instanceof Error)) return error
  // Tables of the engine's own are no help.
  const message = error.message.replace(/\nDid you mean "(?:sqlite|pg|duckdb|pragma|information)_[^"]*"\?/, '')
  if (/^(?:sql|readTable|writeTable)\b/.test(message)) return error
  const missing = /Table with name "?(.+?)"? does not exist|No files found that match the pattern "(.+?)"/.exec(message)
  const hint = missing ? `\n${existing(missing[1] ?? missing[2] ?? '', tables)}` : describeColumns(message, columns)
  return new Error(`sql: ${message.trimEnd()}${hint}`)
}

/** The columns of the tables, where the message is about one that does not exist. */
function describeColumns(message: string, columns: ReadonlyMap<string, readonly string[]>): string {
  if (!/Referenced column|does not have a column|not found in FROM/.test(message)) return ''
  const lines = [...columns].map(([table, names]) => {
    const more = names.length > MAX_COLUMNS ? ` and ${names.length - MAX_COLUMNS} more` : ''
    return `\nColumns of ${JSON.stringify(table)}: ${names.slice(0, MAX_COLUMNS).join(', ')}${more}.`
  })
  return lines.slice(0, MAX_LISTED).join('')
}

function existing(name: string, tables: readonly string[]): string {
  const files = listFiles()
  const quoted = files.map((file) => `'${file.replaceAll("'", "''")}'`)
  const more = quoted.length > MAX_LISTED ? ` and ${quoted.length - MAX_LISTED} more` : ''
  const shown =
    quoted.length === 0 ? 'The session has no files.' : `Files: ${quoted.slice(0, MAX_LISTED).join(', ')}${more}.`
  const own = tables.length === 0 ? '' : ` Tables of this call: ${tables.slice(0, MAX_LISTED).join(', ')}.`
  return `${shown}${own} A table of the snippet is passed by its name: sql(query, { ${/^\w+$/.test(name) ? name : 'name'}: rows }).`
}

/** Names of the files below the working folder. */
function listFiles(): string[] {
  const files: string[] = []
  const folders = ['']
  for (const folder of folders) {
    for (const entry of readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else files.push(path)
      if (files.length + folders.length > MAX_LOOKED_AT) return files
    }
  }
  return files
}
