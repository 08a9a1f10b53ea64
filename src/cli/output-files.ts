// Writes a session's files for the user: below one folder, never over a file that this run did not make.
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, copyFile, link, lstat, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, parse, resolve, sep } from 'node:path'
import { removeUnsafeCharacters } from '../../sandbox/untrusted-text.ts'
import { portableName } from '../portable-names.ts'
import { reasonOf, shortPath } from './rendering/messages.ts'

interface Written {
  /** Absolute path. */
  readonly path: string
  /** The wanted name was taken by a file that this run did not make. */
  readonly renamed: boolean
}

export interface Outputs {
  /** Checks before any work that files can be written; throws an OutputError. */
  check(): Promise<void>
  /** Writes the file at `source` as `name` (a path below the folder). */
  write(name: string, source: string): Promise<Written>
  /** Removes the file that was written under this name, if it is unchanged. */
  remove(name: string): Promise<void>
}

/** A result cannot be written to the output folder. */
class OutputError extends Error {
  readonly code = 'EASEL_OUT'
}

interface Made {
  readonly path: string
  /** Inode, size and time of change from lstat right after it was written. */
  readonly mark: string
}

/** Error codes for a name that the file system does not accept. */
const REFUSED_NAME = new Set(['EINVAL', 'EILSEQ', 'ENAMETOOLONG'])

/** Writes below `folder`, which is made for the first file. */
export function createOutputs(folder: string): Outputs {
  const root = resolve(folder)
  const made = new Map<string, Made>()

  const own = async (name: string): Promise<string | undefined> => {
    const before = made.get(name)
    return before && (await markOf(before.path)) === before.mark ? before.path : undefined
  }
  const writeAs = async (name: string, as: string, source: string): Promise<Written> => {
    const wanted = resolve(root, as)
    if (!wanted.startsWith(root + sep)) throw new OutputError(`its name leads outside ${shortPath(root)}.`)
    await makeFolders(dirname(wanted))
    await checkInside(root, dirname(wanted))
    const temporary = join(dirname(wanted), `.easel-${randomBytes(6).toString('hex')}`)
    try {
      await copyFile(source, temporary, constants.COPYFILE_EXCL)
      await chmod(temporary, 0o666 & ~process.umask())
      let path = await own(name)
      if (path) await rename(temporary, path)
      else path = await placeNew(temporary, wanted)
      await rm(temporary, { force: true })
      made.set(name, { path, mark: await markOf(path) })
      return { path, renamed: path !== wanted }
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw error
    }
  }
  return {
    check: () => checkFolder(root),
    write(name, source) {
      const seen = removeUnsafeCharacters(name, '_')
      // A file system of another kind (a USB stick, a Windows folder) may not accept the name.
      return writeAs(name, seen, source).catch((error: unknown) => {
        const { code = '' } = error as NodeJS.ErrnoException
        if (!REFUSED_NAME.has(code) || portableName(seen) === seen) throw error
        return writeAs(name, portableName(seen), source)
      })
    },
    async remove(name) {
      const path = await own(name)
      made.delete(name)
      if (path) await rm(path, { force: true })
    },
  }
}

/** The folder, or its nearest existing parent, must be writable. */
async function checkFolder(root: string): Promise<void> {
  for (let at = root; ; at = dirname(at)) {
    const facts = await stat(at).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      if ((code === 'ENOENT' || code === 'ENOTDIR') && at !== dirname(at)) return undefined
      throw new OutputError(
        `Results cannot go to ${shortPath(at)}: ${reasonOf(error)} Choose another folder with -o DIR.`,
      )
    })
    if (!facts) continue
    if (!facts.isDirectory()) {
      throw new OutputError(
        `Results cannot go to ${shortPath(root)}: ${shortPath(at)} is a file. Choose a folder with -o DIR.`,
      )
    }
    return access(at, constants.W_OK | constants.X_OK).catch((error: unknown) => {
      throw new OutputError(
        `Results cannot go to ${shortPath(at)}: ${reasonOf(error)} Choose another folder with -o DIR.`,
      )
    })
  }
}

/** Not `recursive`: that never ends where a folder cannot be made, as below /proc. */
async function makeFolders(folder: string): Promise<void> {
  const make = (): Promise<string> =>
    mkdir(folder).then(
      () => '',
      (error: unknown) => {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EEXIST' || code === 'ENOENT') return code
        throw error
      },
    )
  if ((await make()) !== 'ENOENT') return
  if (folder !== dirname(folder)) await makeFolders(dirname(folder))
  if ((await make()) === 'ENOENT') throw new OutputError(`the folder ${shortPath(folder)} cannot be made.`)
}

async function checkInside(root: string, folder: string): Promise<void> {
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(folder)])
  if (realFolder === realRoot || realFolder.startsWith(realRoot + sep)) return
  throw new OutputError(`its folder is a link that leads outside ${shortPath(root)}.`)
}

/** Links the file to the first free name: `a.png`, `a (2).png`, `a (3).png` … */
async function placeNew(temporary: string, wanted: string): Promise<string> {
  const { dir, name, ext } = parse(wanted)
  for (let n = 1; n < 10_000; n++) {
    const path = n === 1 ? wanted : join(dir, `${name} (${n})${ext}`)
    try {
      await placeAt(temporary, path)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw new OutputError(`there are too many files named like ${shortPath(wanted)}.`)
}

/** A hard link appears complete or not at all; a file system without hard links gets an exclusive copy. */
async function placeAt(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error
    await copyFile(temporary, path, constants.COPYFILE_EXCL)
  }
}

async function markOf(path: string): Promise<string> {
  return lstat(path).then(
    ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
    () => '',
  )
}
