// The snippet's `fs` operations that only read.
import * as z from 'zod/mini'
import { nameBelowRoot } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { fsError } from './fs-error.ts'
import type { Operations } from '../operation.ts'
import type { Tree } from './tree.ts'

/** A path from the guest. */
export const path = z.string().check(z.maxLength(4096))

/** Reads a file, stats a path, lists a folder. */
export function createReadOperations(disk: Disk, tree: Tree): Operations {
  return {
    'fs.read': (args) => {
      const at = path.parse(args)
      const name = tree.resolveExisting(at, 'open')
      if (tree.kind(name) === 'folder') throw fsError('EISDIR', 'read', at)
      return [null, [disk.read(name)]]
    },
    'fs.stat': (args) => {
      const at = path.parse(args)
      const name = nameBelowRoot(at)
      const kind = name === undefined ? undefined : tree.kind(name)
      if (name === undefined || !kind || (kind === 'file' && at.endsWith('/'))) return [null, []]
      const entry = disk.files.get(name)
      return [{ kind, bytes: entry?.bytes ?? 4096, mtime: entry?.mtime ?? 0 }, []]
    },
    'fs.list': (args) => {
      const at = path.parse(args)
      const name = tree.resolveExisting(at, 'scandir')
      if (tree.kind(name) === 'file') throw fsError('ENOTDIR', 'scandir', at)
      const below = name === '' ? '' : `${name}/`
      return [tree.children(name).map((child) => [child, tree.kind(below + child)]), []]
    },
  }
}
