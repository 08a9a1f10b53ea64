// The version of a file's contents: each write has another. Replaces helpers/table/file-version.ts in the sandbox.
import { call } from './bridge.ts'

/**
 * The version of a file's contents; undefined if there is no such file. It comes after the running job: until that ends,
 * nothing that a weak reference was made of goes.
 */
export async function fileVersion(file: string): Promise<string | undefined> {
  const [facts] = await call('sql.file', file)
  return (facts as { readonly version: string } | null)?.version
}
