// The data folder: its default path by the platform's convention, and its subfolders, which only their owner can enter.
import { chmod, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { makeFolder, syncFolder } from './blobs.ts'
import { StoreError, storeError } from '../errors.ts'

/** `--data` and `EASEL_DATA` take precedence over it. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'easel')
  const base = env['XDG_DATA_HOME']
  return join(base?.startsWith('/') ? base : join(homedir(), '.local', 'share'), 'easel')
}

const FOLDERS = ['blobs', 'temp', 'locks']
/** Created when they are needed. */
const OTHERS = ['spare', 'recipes', 'lessons.json']

/** Creates what is missing and returns the real path; throws StoreError. */
export async function prepareDataFolder(folder: string): Promise<string> {
  try {
    const made = await makeFolders(resolve(folder))
    if (made) await syncFolder(dirname(made))
    const root = await realpath(folder)
    const entries = await readdir(root)
    // A folder that also holds other things keeps the mode that its owner gave it.
    if (entries.every((name) => FOLDERS.includes(name) || OTHERS.includes(name) || name.startsWith('easel.db')))
      await chmod(root, 0o700)
    for (const space of FOLDERS) await makeFolder(join(root, space))
    await syncFolder(root)
    return root
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST' && code !== 'ENOTDIR' && code !== 'ELOOP') throw toFolderError(error, folder)
    const message = `The data folder ${folder} cannot be used: the path of the folder or of one of its subfolders is taken by something else (${code}). Choose another with --data.`
    throw new StoreError('EASEL_STORE_FOREIGN', message, error)
  }
}

/** As `storeError`, but a failure not caused by the disk itself says which folder cannot be made or opened. */
function toFolderError(error: unknown, folder: string): unknown {
  const failure = storeError(error, folder)
  if (!(failure instanceof StoreError) || failure.code !== 'EASEL_STORE_FAILED') return failure
  const { code } = error as NodeJS.ErrnoException
  const message = `The data folder ${folder} cannot be made or opened (${code}). Choose another with --data or EASEL_DATA.`
  return new StoreError('EASEL_STORE_FAILED', message, error)
}

/** Returns the topmost folder that it created. Not `recursive`: that never ends where none can be, as below /proc. */
async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: 0o700 })
    return folder
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return undefined
    if (code !== 'ENOENT' || folder === dirname(folder)) throw error
  }
  const parent = dirname(folder)
  const made = await makeFolders(parent)
  // An existing parent in which nothing can be created gives ENOENT again.
  await mkdir(folder, { mode: 0o700 })
  return made ?? folder
}
