// The snippet's `fs` operations that create files and folders or write to them.
import * as z from 'zod/mini'
import { parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { path } from './read-operations.ts'
import { fsError } from './fs-error.ts'
import type { Operations } from '../operation.ts'
import type { Tree } from './tree.ts'

const writing = z.object({ path, flag: z.enum(['w', 'wx', 'a', 'ax', 'r+']) })
const measuring = z.object({ ...writing.shape, bytes: z.int().check(z.minimum(0)) })
const copying = z.object({ from: path, to: path, exclusive: z.boolean() })
const making = z.object({ path, recursive: z.boolean() })

/** Folders do not count against the quotas, but take memory. */
const MAX_FOLDERS = 1000

/** Writes, appends and copies files; makes folders. */
export function createWriteOperations(disk: Disk, tree: Tree): Operations {
  /** The name of the file that is to be written. */
  const target = ({ path: at, flag }: z.infer<typeof writing>): string => {
    const name = tree.resolveTarget(at, 'open')
    const found = tree.kind(name)
    if (found === 'folder') throw fsError('EISDIR', 'open', at)
    if (flag.endsWith('x') && found) throw fsError('EEXIST', 'open', at)
    if (flag === 'r+' && !found) throw fsError('ENOENT', 'open', at)
    if (tree.kind(parentOf(name)) !== 'folder') throw fsError('ENOENT', 'open', at)
    return name
  }
  return {
    // Whether a write of so many bytes would be refused.
    'fs.checkSpace': (args) => {
      const { bytes, ...asked } = measuring.parse(args)
      const name = target(asked)
      const before = asked.flag.startsWith('a') ? (disk.files.get(name)?.bytes ?? 0) : 0
      disk.checkSpace(name, before + bytes)
      return [null, []]
    },
    'fs.write': (args, bytes) => {
      const asked = writing.parse(args)
      const name = target(asked)
      const content = bytes[0] ?? new Uint8Array(0)
      if (asked.flag.startsWith('a')) disk.append(name, content)
      else disk.write(name, content)
      return [null, []]
    },
    'fs.copy': (args) => {
      const { from, to, exclusive } = copying.parse(args)
      const source = tree.resolveExisting(from, 'copyfile', to)
      const dest = tree.resolveTarget(to, 'copyfile')
      const found = tree.kind(dest)
      if (tree.kind(source) === 'folder' || found === 'folder') throw fsError('EISDIR', 'copyfile', from, to)
      if (exclusive && found) throw fsError('EEXIST', 'copyfile', from, to)
      if (tree.kind(parentOf(dest)) !== 'folder') throw fsError('ENOENT', 'copyfile', from, to)
      if (source !== dest) disk.write(dest, disk.read(source))
      return [null, []]
    },
    'fs.mkdir': (args) => {
      const { path: at, recursive } = making.parse(args)
      const name = tree.resolveTarget(at, 'mkdir')
      const found = tree.kind(name)
      if (found === 'file' || (found && !recursive)) throw fsError('EEXIST', 'mkdir', at)
      if (!recursive && tree.kind(parentOf(name)) !== 'folder') throw fsError('ENOENT', 'mkdir', at)
      if (disk.folders.size > MAX_FOLDERS) throw fsError('EPERM', 'mkdir', at)
      const first = recursive ? missingFolder(tree, name) : undefined
      disk.makeFolder(name)
      return [first === undefined ? null : `/mnt/data/${first}`, []]
    },
  }
}

/** The topmost folder on the way to `name` that does not exist yet. */
function missingFolder(tree: Tree, name: string): string | undefined {
  let found: string | undefined
  for (let at = name; at !== '' && !tree.kind(at); at = parentOf(at)) found = at
  return found
}
