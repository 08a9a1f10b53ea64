// What was made of a version of a file: snippets read the same file in one cell after another. Only the tables of the snippet
// hold the vectors, so that they go when those do.
import type { ColumnData } from './columns.ts'
import { fileVersion } from './file-version.ts'
import type { ReadColumn, ReadTable } from './typed-columns.ts'

interface Recent {
  readonly rest: Omit<ReadTable, 'columns'>
  readonly columns: readonly { readonly rest: Omit<ReadColumn, 'data'>; readonly data: WeakRef<ColumnData> }[]
}

const MAX_RECENT = 50
/** Each takes a reference. */
const MAX_COLUMNS = 1000
const recent = new Map<string, Recent>()

/** The key of a file in its present version, read with these options; undefined where versions are not known. */
export async function readKey(file: string, options: readonly unknown[]): Promise<string | undefined> {
  const version = await fileVersion(file)
  if (version === undefined) return undefined
  return JSON.stringify([file, version, ...options.map((option) => [typeof option, String(option)])])
}

/** Remembers what was read under a key, if that has not very many columns. */
export function rememberRead(key: string, { columns, ...rest }: ReadTable): void {
  if (columns.length > MAX_COLUMNS) return
  recent.set(key, { rest, columns: columns.map(({ data, ...facts }) => ({ rest: facts, data: new WeakRef(data) })) })
  const [oldest = ''] = recent.keys()
  if (recent.size > MAX_RECENT) recent.delete(oldest)
}

/** What was remembered under a key, if all of its vectors are still there. */
export function recallRead(key: string): ReadTable | undefined {
  const found = recent.get(key)
  if (!found) return undefined
  const columns: ReadColumn[] = []
  for (const { rest, data } of found.columns) {
    const vector = data.deref()
    if (vector) columns.push({ ...rest, data: vector })
  }
  recent.delete(key)
  if (columns.length < found.columns.length) return undefined
  // The most recent is the last.
  recent.set(key, found)
  return { ...found.rest, columns }
}
