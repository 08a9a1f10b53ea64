// The `fs` operations of a snippet, checked, on the session's tree of files.
import * as z from 'zod/mini'
import { nameBelowRoot, nameProblem, parentOf } from './disk-names.ts'
import type { Disk } from './disk.ts'
import { fsError } from './fs-error.ts'
import type { Operations } from './operation.ts'

const path = z.string().check(z.maxLength(4096))
const writing = z.object({ path, flag: z.enum(['w', 'wx', 'a', 'ax', 'r+']) })
const two = z.object({ from: path, to: path })
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
  const existing = (at: string, syscall: string): string => {
    const name = nameBelowRoot(at)
    if (name === undefined || !kind(name)) throw fsError('ENOENT', syscall, at)
    return name
  }
  const children = (folder: string): string[] => {
    const below = folder === '' ? '' : `${folder}/`
    const names = [...disk.files.keys(), ...disk.folders].filter((name) => name !== '' && name.startsWith(below) && name !== folder)
    return [...new Set(names.map((name) => name.slice(below.length).split('/')[0] as string))].sort()
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
      if (name === undefined || !found) return [null, []]
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
      disk.makeFolder(name)
      return [null, []]
    },
    'fs.remove': (args) => {
      const { path: at, recursive, force, folder, file } = removing.parse(args)
      const name = nameBelowRoot(at)
      const found = name === undefined ? undefined : kind(name)
      const syscall = folder ? 'rmdir' : file ? 'unlink' : 'rm'
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
      const [source, dest] = [existing(from, 'rename'), target(to, 'rename')]
      if (kind(source) === 'folder') throw fsError('EPERM', 'rename', from, to)
      if (kind(dest) === 'folder') throw fsError('EISDIR', 'rename', from, to)
      if (kind(parentOf(dest)) !== 'folder') throw fsError('ENOENT', 'rename', from, to)
      if (source !== dest) disk.rename(source, dest)
      return [null, []]
    },
  }
}
