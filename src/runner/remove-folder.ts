// Removing a folder that a hostile process had: with folders in it that are closed, or deeper than a path can be long. It never
// throws: what cannot be removed stays, and nobody's session ends with it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'

/** The system's own tools walk from folder to folder, where Node names each by its whole path. */
const THOROUGHLY = 'chmod -R u+rwx "$1"; exec rm -rf "$1"'

export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  } catch {
    const child = spawn('/bin/sh', ['-c', THOROUGHLY, 'sh', path], { stdio: 'ignore', cwd: '/' })
    await once(child, 'close').catch(() => undefined)
  }
}
