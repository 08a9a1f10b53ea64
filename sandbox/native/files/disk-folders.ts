// The folders of the session's disk: those that a snippet made, and those that are there only for files laid by the parent.
import { parentOf } from './disk-names.ts'

export interface Folders {
  readonly names: ReadonlySet<string>
  /** A snippet makes the folder and those above it. */
  make(name: string): void
  /** False if there is none of this name. */
  remove(name: string): boolean
  /** The parent laid a file: its folders are there now. */
  laidFile(name: string): void
  /** The parent took a file away: folders that only its files needed go, unless one of `files` is left in them. */
  tookFile(name: string, files: Iterable<string>): void
}

/** The root alone. */
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
    laidFile(name) {
      for (let at = parentOf(name); at !== '' && !names.has(at); at = parentOf(at)) {
        names.add(at)
        laid.add(at)
      }
    },
    tookFile(name, files) {
      const others = [...files]
      const isEmpty = (at: string): boolean => ![...others, ...names].some((other) => other.startsWith(`${at}/`))
      for (let at = parentOf(name); laid.has(at) && isEmpty(at); at = parentOf(at)) {
        names.delete(at)
        laid.delete(at)
      }
    },
  }
}
