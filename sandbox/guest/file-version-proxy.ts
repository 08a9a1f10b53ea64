// The version of a file's contents: each write has another. Replaces helpers/table/file-version.ts in the sandbox.
import { ask } from './bridge.ts'

/** The version of a file's contents; undefined if there is no such file. */
export function fileVersion(file: string): string | undefined {
  const [facts] = ask('sql.file', file, [])
  return (facts as { readonly version: string } | null)?.version
}
