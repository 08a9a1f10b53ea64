// Resolves a snippet's paths in the session's tree of names; errors match Node's.
import { nameBelowRoot, nameProblem, parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { fsError } from './fs-error.ts'

type Kind = 'file' | 'folder'

export interface Tree {
  kind(name: string): Kind | undefined
  /** The name for a path to write to; throws EACCES outside the tree, ENOTDIR below a file. */
  resolveTarget(path: string, syscall: string): string
  /** The name for a path that must exist; throws ENOENT, ENOTDIR. `dest`: the call's other path, for the message. */
  resolveExisting(path: string, syscall: string, dest?: string): string
  /** Names directly in a folder, sorted and relative to it. */
  children(folder: string): string[]
  /** All names below a folder, at any depth. */
  below(folder: string): string[]
}

/** Opens the tree of a disk. */
export function openTree(disk: Disk): Tree {
  const kind = (name: string): Kind | undefined =>
    disk.files.has(name) ? 'file' : disk.folders.has(name) ? 'folder' : undefined
  const liesBelowFile = (name: string): boolean => {
    for (let up = parentOf(name); up !== ''; up = parentOf(up)) if (disk.files.has(up)) return true
    return false
  }
  const below = (folder: string): string[] => {
    const start = folder === '' ? '' : `${folder}/`
    return [...disk.files.keys(), ...disk.folders].filter((name) => name !== '' && name.startsWith(start))
  }

  return {
    kind,
    below,
    resolveTarget(path, syscall) {
      const name = nameBelowRoot(path)
      if (name === undefined) throw fsError('EACCES', syscall, path)
      const problem = nameProblem(name)
      if (problem) throw fsError(problem, syscall, path)
      if (liesBelowFile(name)) throw fsError('ENOTDIR', syscall, path)
      return name
    },
    resolveExisting(path, syscall, dest) {
      const name = nameBelowRoot(path)
      if (name === undefined) throw fsError('ENOENT', syscall, path, dest)
      if (liesBelowFile(name)) throw fsError('ENOTDIR', syscall, path, dest)
      const found = kind(name)
      if (!found) throw fsError('ENOENT', syscall, path, dest)
      if (found === 'file' && path.endsWith('/')) throw fsError('ENOTDIR', syscall, path, dest)
      return name
    },
    children(folder) {
      const start = folder === '' ? 0 : folder.length + 1
      return [...new Set(below(folder).map((name) => name.slice(start).split('/')[0] as string))].sort()
    },
  }
}
