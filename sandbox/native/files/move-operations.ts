// The snippet's `fs` operations that remove or rename files and whole folders.
import * as z from 'zod/mini'
import { nameBelowRoot, nameProblem, parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { path } from './read-operations.ts'
import { fsError } from './fs-error.ts'
import type { Operations } from '../operation.ts'
import type { Tree } from './tree.ts'

const two = z.object({ from: path, to: path })
const removing = z.object({ path, recursive: z.boolean(), force: z.boolean(), folder: z.boolean(), file: z.boolean() })

/** `rm`, `rmdir` and `unlink` in one, and `rename`. */
export function createMoveOperations(disk: Disk, tree: Tree): Operations {
  return {
    'fs.remove': (args) => {
      const { path: at, recursive, force, folder, file } = removing.parse(args)
      const name = nameBelowRoot(at)
      const found = name === undefined ? undefined : tree.kind(name)
      const syscall = folder ? 'rmdir' : file ? 'unlink' : 'lstat'
      if (name === undefined || !found) {
        if (force) return [null, []]
        throw fsError('ENOENT', syscall, at)
      }
      if (name === '') throw fsError('EPERM', syscall, at)
      if (found === 'file' && folder) throw fsError('ENOTDIR', syscall, at)
      if (found === 'folder' && !folder && !recursive) throw fsError('EISDIR', syscall, at)
      const inside = found === 'folder' ? tree.below(name) : []
      if (inside.length > 0 && !recursive) throw fsError('ENOTEMPTY', syscall, at)
      for (const other of inside) disk.remove(other)
      disk.remove(name)
      return [null, []]
    },
    'fs.rename': (args) => {
      const { from, to } = two.parse(args)
      const source = tree.resolveExisting(from, 'rename', to)
      const dest = tree.resolveTarget(to, 'rename')
      if (tree.kind(parentOf(dest)) !== 'folder') throw fsError('ENOENT', 'rename', from, to)
      if (source === dest) return [null, []]
      if (tree.kind(source) === 'folder') {
        const problem = folderProblem(disk, tree, source, dest)
        if (problem) throw fsError(problem, 'rename', from, to)
        renameFolder(disk, tree, source, dest)
      } else if (tree.kind(dest) === 'folder') throw fsError('EISDIR', 'rename', from, to)
      else disk.rename(source, dest)
      return [null, []]
    },
  }
}

/** Why a folder cannot be renamed, as an fs code. An empty folder at the destination is replaced. */
function folderProblem(disk: Disk, tree: Tree, source: string, dest: string): string | undefined {
  if (source === '') return 'EBUSY'
  if (dest.startsWith(`${source}/`)) return 'EINVAL'
  if (tree.kind(dest) === 'file') return 'ENOTDIR'
  if (tree.below(dest).length > 0) return 'ENOTEMPTY'
  // The files in it get longer names, which may become invalid.
  const files = tree.below(source).filter((name) => disk.files.has(name))
  return files.map((name) => nameProblem(dest + name.slice(source.length))).find(Boolean)
}

/** Renames a folder with everything in it. */
function renameFolder(disk: Disk, tree: Tree, source: string, dest: string): void {
  const inside = [source, ...tree.below(source)]
  const moved = (name: string): string => dest + name.slice(source.length)
  const folders = inside.filter((name) => disk.folders.has(name))
  for (const name of folders) disk.makeFolder(moved(name))
  for (const name of inside) if (disk.files.has(name)) disk.rename(name, moved(name))
  for (const name of folders) disk.remove(name)
}
