// Files of a session as they are written for the person: below one folder, never over a file that is not ours.
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, link, mkdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, parse, resolve, sep } from 'node:path'

export interface Written {
  /** Absolute path. */
  readonly path: string
  /** The name was taken by a file that this run did not make. */
  readonly renamed: boolean
}

export interface Outputs {
  /** Writes the file at `source` as `name` (a path below the folder). */
  write(name: string, source: string): Promise<Written>
}

/** Writes below `folder`, which is made when the first file comes. */
export function createOutputs(folder: string): Outputs {
  const made = new Map<string, string>()

  return {
    async write(name, source) {
      const root = resolve(folder)
      const wanted = resolve(root, ...name.split('/').map(safePart))
      if (!wanted.startsWith(root + sep)) throw new Error(`The file name ${JSON.stringify(name)} leads outside ${root}.`)
      await mkdir(dirname(wanted), { recursive: true })
      const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(dirname(wanted))])
      if (realFolder !== realRoot && !realFolder.startsWith(realRoot + sep)) {
        throw new Error(`The folder of ${JSON.stringify(name)} is a link that leads outside ${root}.`)
      }
      const temporary = join(dirname(wanted), `.easel-${randomBytes(6).toString('hex')}`)
      try {
        await copyFile(source, temporary)
        await chmod(temporary, 0o666 & ~process.umask())
        const own = made.get(name)
        if (own) {
          await rename(temporary, own)
          return { path: own, renamed: own !== wanted }
        }
        const path = await placeNew(temporary, wanted)
        made.set(name, path)
        return { path, renamed: path !== wanted }
      } finally {
        await rm(temporary, { force: true })
      }
    },
  }
}

/** Links the file to the first free name: `a.png`, `a (2).png`, `a (3).png` … */
async function placeNew(temporary: string, wanted: string): Promise<string> {
  const { dir, name, ext } = parse(wanted)
  for (let n = 1; n < 10_000; n++) {
    const path = n === 1 ? wanted : join(dir, `${name} (${n})${ext}`)
    try {
      await link(temporary, path)
      return path
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPERM' || code === 'ENOTSUP') {
        await copyFile(temporary, path, 1)
        return path
      }
      if (code !== 'EEXIST') throw error
    }
  }
  throw new Error(`There are too many files named like ${wanted}.`)
}

/** A part of a name that a terminal and every file system can show: no control characters. */
function safePart(part: string): string {
  // oxlint-disable-next-line no-control-regex
  return part.replace(/[\u0000-\u001f\u007f]/g, '_')
}
