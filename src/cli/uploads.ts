// Maps FILES of the command line to unique names in the sandbox: the last part of each path.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { uploadName } from '../runtime/upload-name.ts'

export interface UploadPlan {
  /** Name below /mnt/data. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** As typed by the user. */
  readonly typed: string
}

/** A file that cannot be added; the message names it. */
export class UploadError extends Error {
  readonly code = 'EASEL_UPLOAD'
}

/** A file that exists but is empty. */
export class EmptyUpload extends UploadError {
  constructor(path: string) {
    super(`${JSON.stringify(path)} is empty (0 bytes). Name a file that is not empty.`)
  }
}

/** Checks each path and gives it a name. Throws an UploadError, or an EmptyUpload, which need not stop the others. */
export async function planUploads(paths: readonly string[], taken: readonly string[] = []): Promise<UploadPlan[]> {
  const names = new Set(taken)
  const plans: UploadPlan[] = []
  for (const path of paths) {
    await checkFile(path)
    const name = uploadName(resolve(path), names)
    names.add(name)
    plans.push({ name, path: resolve(path), typed: path })
  }
  return plans
}

/** Whether it was typed as a URL of any scheme, `https://…` or another, and not as a path. */
export function isWebAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path)
}

async function checkFile(path: string): Promise<void> {
  const shown = JSON.stringify(path)
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw new UploadError(`${shown} is a folder; name the files in it.`)
    if (!facts.isFile()) throw new UploadError(`${shown} is not a regular file.`)
    if (facts.size === 0) throw new EmptyUpload(path)
  } catch (error) {
    if (error instanceof UploadError) throw error
    const { code } = error as NodeJS.ErrnoException
    if ((code === 'ENOENT' || code === 'ENOTDIR') && isWebAddress(path))
      throw new UploadError(`${shown} is a URL, and only files of this computer are accepted here.`)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UploadError(`There is no file ${shown}.`)
    if (code === 'EACCES') throw new UploadError(`${shown} may not be read.`)
    throw new UploadError(`${shown} cannot be opened (${code ?? 'unknown reason'}).`)
  }
}
