// The session's files under their own names, as links in the helper's working folder: DuckDB looks files up by name, and
// their bytes lie under random names in folders that the helper can only read.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes the links for these files, names below the working folder to paths, and removes all others. */
export type LinkFiles = (files: Readonly<Record<string, string>>) => void

/** Links in the working folder, which has nothing else in it. */
export function createFileLinks(): LinkFiles {
  let linked = new Map<string, string>()
  return (files) => {
    const wanted = new Map(Object.entries(files))
    for (const [name, path] of linked) if (wanted.get(name) !== path) rmSync(name, { force: true })
    // A folder may be where a file is to be now, or the other way round.
    for (const [name, path] of wanted) {
      if (linked.get(name) === path) continue
      if (dirname(name) !== '.') mkdirSync(dirname(name), { recursive: true })
      rmSync(name, { recursive: true, force: true })
      symlinkSync(path, name)
    }
    linked = wanted
  }
}
