// `node:path` of the sandbox: POSIX paths whose working directory is /mnt/data, with Node's errors.
import type nodePath from 'node:path'
import plain from 'path-browserify'
import { argumentTypeError } from './node-error.ts'

type Loose = (...args: unknown[]) => unknown

/** Requires the first arguments to be strings, one for each name. */
function requireStrings<T extends Loose>(run: T, ...names: string[]): T {
  return ((...args: unknown[]) => {
    for (const [i, name] of names.entries())
      if (typeof args[i] !== 'string') throw argumentTypeError(name, 'of type string', args[i])
    return run(...args)
  }) as T
}

/** Requires every argument to be a string. */
function requireAllStrings<T extends Loose>(run: T, nameOf: (i: number) => string): T {
  return ((...args: unknown[]) => {
    args.forEach((arg, i) => {
      if (typeof arg !== 'string') throw argumentTypeError(nameOf(i), 'of type string', arg)
    })
    return run(...args)
  }) as T
}

const resolve = (...parts: string[]): string => plain.resolve('/mnt/data', ...parts)

function format(parts: Partial<nodePath.ParsedPath>): string {
  if (parts === null || typeof parts !== 'object') throw argumentTypeError('pathObject', 'of type object', parts)
  const folder = parts.dir || parts.root
  const ext = parts.ext ? `${parts.ext.startsWith('.') ? '' : '.'}${parts.ext}` : ''
  const base = parts.base || `${parts.name || ''}${ext}`
  if (!folder) return base
  return folder === parts.root ? `${folder}${base}` : `${folder}/${base}`
}

/** Whether a path matches a pattern of `*`, `**`, `?`, `[a-z]` and `{a,b}`. */
function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[!?|[{},]|[.+^$()|\\]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part === '[' || part === '[!') return part === '[' ? '[' : '[^'
    if (part === '{') return '(?:'
    if (part === '}') return ')'
    return part === ',' ? '|' : `\\${part}`
  })
  return new RegExp(`^${source}$`, 'u').test(path)
}

const module: Record<string, unknown> = {
  resolve: requireAllStrings(resolve as Loose, (i) => `paths[${i}]`),
  normalize: requireStrings(plain.normalize as Loose, 'path'),
  isAbsolute: requireStrings(plain.isAbsolute as Loose, 'path'),
  join: requireAllStrings(plain.join as Loose, () => 'path'),
  relative: requireStrings(
    ((from: string, to: string) => plain.relative(resolve(from), resolve(to))) as Loose,
    'from',
    'to',
  ),
  toNamespacedPath: (path: unknown) => path,
  dirname: requireStrings(plain.dirname as Loose, 'path'),
  basename: requireStrings(
    ((path: string, suffix?: unknown) => {
      if (suffix !== undefined && typeof suffix !== 'string')
        throw argumentTypeError('suffix', 'of type string', suffix)
      return plain.basename(path, suffix)
    }) as Loose,
    'path',
  ),
  extname: requireStrings(plain.extname as Loose, 'path'),
  format,
  parse: requireStrings(plain.parse as Loose, 'path'),
  matchesGlob: requireStrings(matchesGlob as Loose, 'path', 'pattern'),
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
  _makeLong: (path: unknown) => path,
}
module['posix'] = module

const pathModule = module as unknown as typeof nodePath
export default pathModule
export const { basename, dirname, extname, join } = pathModule
