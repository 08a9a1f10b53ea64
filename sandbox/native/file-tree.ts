// Where the paths of a snippet lead in the session's tree of files, with Node's errors for those that lead nowhere.
import { nameBelowRoot, nameProblem, parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { fsError } from './fs-error.ts'

export interface FileTree {
  readonly kind: (name: string) => 'file' | 'folder' | undefined
  /** The name of a path to write to. */
  readonly target: (at: string, syscall: string) => string
  /** The name of a path that must exist. */
  readonly existing: (at: string, syscall: string, dest?: string) => string
  /** Names of a folder's entries, sorted. */
  readonly children: (folder: string) => string[]
  /** The topmost folder on the way to `name` that does not exist yet. */
  readonly missingFolder: (name: string) => string | undefined
  /** Gives a folder with all that is in it another name; an empty folder of that name gives way. */
  readonly renameFolder: (source: string, dest: string, from: string, to: string) => void
}

/** The tree over one disk. */
export function openTree(disk: Disk): FileTree {
  const kind = (name: string): 'file' | 'folder' | undefined =>
    disk.files.has(name) ? 'file' : disk.folders.has(name) ? 'folder' : undefined

  const target = (at: string, syscall: string): string => {
    const name = nameBelowRoot(at)
    if (name === undefined) throw fsError('EACCES', syscall, at)
    const problem = nameProblem(name)
    if (problem) throw fsError(problem, syscall, at)
    for (let up = parentOf(name); up !== ''; up = parentOf(up)) {
      if (disk.files.has(up)) throw fsError('ENOTDIR', syscall, at)
    }
    return name
  }
  const existing = (at: string, syscall: string, dest?: string): string => {
    const name = nameBelowRoot(at)
    if (name === undefined) throw fsError('ENOENT', syscall, at, dest)
    for (let up = parentOf(name); up !== ''; up = parentOf(up)) {
      if (disk.files.has(up)) throw fsError('ENOTDIR', syscall, at, dest)
    }
    if (!kind(name)) throw fsError('ENOENT', syscall, at, dest)
    if (kind(name) === 'file' && at.endsWith('/')) throw fsError('ENOTDIR', syscall, at, dest)
    return name
  }
  const children = (folder: string): string[] => {
    const below = folder === '' ? '' : `${folder}/`
    const names = [...disk.files.keys(), ...disk.folders].filter(
      (name) => name !== '' && name.startsWith(below) && name !== folder,
    )
    return [...new Set(names.map((name) => name.slice(below.length).split('/')[0] as string))].sort()
  }

  const missingFolder = (name: string): string | undefined => {
    let found: string | undefined
    for (let at = name; at !== '' && !kind(at); at = parentOf(at)) found = at
    return found
  }
  const renameFolder = (source: string, dest: string, from: string, to: string): void => {
    if (source === '') throw fsError('EBUSY', 'rename', from, to)
    if (dest.startsWith(`${source}/`)) throw fsError('EINVAL', 'rename', from, to)
    if (kind(dest) === 'file') throw fsError('ENOTDIR', 'rename', from, to)
    if (kind(dest) && children(dest).length > 0) throw fsError('ENOTEMPTY', 'rename', from, to)
    const moved = (name: string): string => dest + name.slice(source.length)
    const inside = (name: string): boolean => name === source || name.startsWith(`${source}/`)
    const folders = [...disk.folders].filter(inside)
    for (const name of disk.files.keys()) {
      const problem = inside(name) && nameProblem(moved(name))
      if (problem) throw fsError(problem, 'rename', from, to)
    }
    for (const name of folders) disk.makeFolder(moved(name))
    for (const name of [...disk.files.keys()].filter(inside)) disk.rename(name, moved(name))
    for (const name of folders) disk.remove(name)
  }

  return { kind, target, existing, children, missingFolder, renameFolder }
}
