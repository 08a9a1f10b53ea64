// The `fs` operations of a snippet, checked, on the session's tree of files.
import * as z from 'zod/mini'
import { nameBelowRoot, nameProblem, parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { fsError } from './fs-error.ts'
import type { Operations } from './operation.ts'

const path = z.string().check(z.maxLength(4096))
const writing = z.object({ path, flag: z.enum(['w', 'wx', 'a', 'ax', 'r+']) })
const two = z.object({ from: path, to: path })
const copying = z.object({ from: path, to: path, exclusive: z.boolean() })
const removing = z.object({ path, recursive: z.boolean(), force: z.boolean(), folder: z.boolean(), file: z.boolean() })
const making = z.object({ path, recursive: z.boolean() })

/** The operations over one disk; file bytes travel as byte arrays. */
export function fileOperations(disk: Disk): Operations {
  const kind = (name: string): 'file' | 'folder' | undefined =>
    disk.files.has(name) ? 'file' : disk.folders.has(name) ? 'folder' : undefined

  /** The name of a path to write to. */
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
  /** The name of a path that must exist. */
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

  /** The topmost folder on the way to `name` that does not exist yet. */
  const missingFolder = (name: string): string | undefined => {
    let found: string | undefined
    for (let at = name; at !== '' && !kind(at); at = parentOf(at)) found = at
    return found
  }
  /** A folder with all that is in it under a new name; an empty folder there gives way. */
  const renameFolder = (source: string, dest: string, from: string, to: string): void => {
    if (source === '') throw fsError('EBUSY', 'rename', from, to)
    if (dest.startsWith(`${source}/`)) throw fsError('EINVAL', 'rename', from, to)
    if (kind(dest) === 'file') throw fsError('ENOTDIR', 'rename', from, to)
    if (kind(dest) && children(dest).length > 0) throw fsError('ENOTEMPTY', 'rename', from, to)
    const moved = (name: string): string => dest + name.slice(source.length)
    const inside = (name: string): boolean => name === source || name.startsWith(`${source}/`)
    const folders = [...disk.folders].filter(inside)
    for (const name of folders) disk.makeFolder(moved(name))
    for (const name of [...disk.files.keys()].filter(inside)) disk.rename(name, moved(name))
    for (const name of folders) disk.remove(name)
  }

  return {
    'fs.read': (args) => {
      const at = path.parse(args)
      const name = existing(at, 'open')
      if (kind(name) === 'folder') throw fsError('EISDIR', 'read', at)
      return [null, [disk.read(name)]]
    },
    'fs.write': (args, bytes) => {
      const { path: at, flag } = writing.parse(args)
      const name = target(at, 'open')
      if (kind(name) === 'folder') throw fsError('EISDIR', 'open', at)
      if (flag.endsWith('x') && kind(name)) throw fsError('EEXIST', 'open', at)
      if (flag === 'r+' && !kind(name)) throw fsError('ENOENT', 'open', at)
      if (kind(parentOf(name)) !== 'folder') throw fsError('ENOENT', 'open', at)
      const content = bytes[0] ?? new Uint8Array(0)
      if (flag.startsWith('a')) disk.append(name, content)
      else disk.write(name, content)
      return [null, []]
    },
    'fs.stat': (args) => {
      const at = path.parse(args)
      const name = nameBelowRoot(at)
      const found = name === undefined ? undefined : kind(name)
      if (name === undefined || !found || (found === 'file' && at.endsWith('/'))) return [null, []]
      const entry = disk.files.get(name)
      return [{ kind: found, bytes: entry?.bytes ?? 4096, mtime: entry?.mtime ?? 0 }, []]
    },
    'fs.list': (args) => {
      const at = path.parse(args)
      const name = existing(at, 'scandir')
      if (kind(name) === 'file') throw fsError('ENOTDIR', 'scandir', at)
      const below = name === '' ? '' : `${name}/`
      return [children(name).map((child) => [child, kind(below + child)]), []]
    },
    'fs.mkdir': (args) => {
      const { path: at, recursive } = making.parse(args)
      const name = target(at, 'mkdir')
      if (kind(name) === 'file' || (kind(name) && !recursive)) throw fsError('EEXIST', 'mkdir', at)
      if (!recursive && kind(parentOf(name)) !== 'folder') throw fsError('ENOENT', 'mkdir', at)
      if (disk.folders.size > 1000) throw fsError('EPERM', 'mkdir', at)
      const first = recursive ? missingFolder(name) : undefined
      disk.makeFolder(name)
      return [first === undefined ? null : `/mnt/data/${first}`, []]
    },
    'fs.remove': (args) => {
      const { path: at, recursive, force, folder, file } = removing.parse(args)
      const name = nameBelowRoot(at)
      const found = name === undefined ? undefined : kind(name)
      const syscall = folder ? 'rmdir' : file ? 'unlink' : 'lstat'
      if (name === undefined || !found) {
        if (force) return [null, []]
        throw fsError('ENOENT', syscall, at)
      }
      if (name === '') throw fsError('EPERM', syscall, at)
      if (found === 'file') {
        if (folder) throw fsError('ENOTDIR', syscall, at)
        disk.remove(name)
        return [null, []]
      }
      if (!folder && !recursive) throw fsError('EISDIR', syscall, at)
      const inside = [...disk.files.keys(), ...disk.folders].filter((other) => other.startsWith(`${name}/`))
      if (inside.length > 0 && !recursive) throw fsError('ENOTEMPTY', syscall, at)
      for (const other of inside) disk.remove(other)
      disk.remove(name)
      return [null, []]
    },
    'fs.rename': (args) => {
      const { from, to } = two.parse(args)
      const source = existing(from, 'rename', to)
      const dest = target(to, 'rename')
      if (kind(parentOf(dest)) !== 'folder') throw fsError('ENOENT', 'rename', from, to)
      if (source === dest) return [null, []]
      if (kind(source) === 'folder') renameFolder(source, dest, from, to)
      else if (kind(dest) === 'folder') throw fsError('EISDIR', 'rename', from, to)
      else disk.rename(source, dest)
      return [null, []]
    },
    'fs.copy': (args) => {
      const { from, to, exclusive } = copying.parse(args)
      const source = existing(from, 'copyfile', to)
      const dest = target(to, 'copyfile')
      if (kind(source) === 'folder' || kind(dest) === 'folder') throw fsError('EISDIR', 'copyfile', from, to)
      if (exclusive && kind(dest)) throw fsError('EEXIST', 'copyfile', from, to)
      if (kind(parentOf(dest)) !== 'folder') throw fsError('ENOENT', 'copyfile', from, to)
      if (source !== dest) disk.write(dest, disk.read(source))
      return [null, []]
    },
  }
}
