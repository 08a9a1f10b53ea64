// Folders on the session's disk: those that a snippet made, and those that exist only for files from the parent.
import { parentOf } from './disk-names.ts'

export interface Folders {
  readonly names: ReadonlySet<string>
  /** A snippet made the folder; its ancestors are created too. */
  make(name: string): void
  /** False if there is no such folder. */
  remove(name: string): boolean
  /** The parent added a file: creates its folders. */
  addParents(name: string): void
  /** The parent removed a file: removes folders created only for its files, unless one of `files` remains in them. */
  removeUnusedParents(name: string, files: Iterable<string>): void
}

/** Starts with only the root folder. */
export function openFolders(): Folders {
  const names = new Set<string>([''])
  const laid = new Set<string>()
  return {
    names,
    make(name) {
      for (let at = name; at !== ''; at = parentOf(at)) {
        names.add(at)
        laid.delete(at)
      }
    },
    remove(name) {
      laid.delete(name)
      return names.delete(name)
    },
    addParents(name) {
      for (let at = parentOf(name); at !== '' && !names.has(at); at = parentOf(at)) {
        names.add(at)
        laid.add(at)
      }
    },
    removeUnusedParents(name, files) {
      const others = [...files]
      const isEmpty = (at: string): boolean => ![...others, ...names].some((other) => other.startsWith(`${at}/`))
      for (let at = parentOf(name); laid.has(at) && isEmpty(at); at = parentOf(at)) {
        names.delete(at)
        laid.delete(at)
      }
    },
  }
}
