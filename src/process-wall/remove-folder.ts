// Removes a folder to which a process behind the wall could write: it may be nested deeper than a path can be long,
// have too many entries to list at once, names of arbitrary bytes, and folders without permissions. The process must be
// dead.
import { randomBytes } from 'node:crypto'
import { chmod, lstat, opendir, rename, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'

/** Longest path in bytes that leaves space for a name of 255; deeper folders are moved to the top first. */
const MAX_LENGTH = 3500

/** Killed processes may still create a file for a moment. */
const TRIES = 5
const REST_MS = 50

/** Removes the folder with its contents; of a symlink only the link. Never rejects: what cannot be removed stays. */
export async function removeFolder(folder: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const facts = await lstat(folder).catch(() => undefined)
    if (facts === undefined) return
    if (!facts.isDirectory()) return void (await tried(unlink(folder)))
    if (tries > 0) await rest(REST_MS)
    await removeAll(folder)
  }
}

async function removeAll(folder: string): Promise<void> {
  const found = [Buffer.from(folder)]
  for (const at of found) {
    if (at.length <= MAX_LENGTH) {
      await empty(at, found)
      continue
    }
    const moved = Buffer.from(join(folder, randomBytes(16).toString('hex')))
    // A folder can only be moved with write permission to it.
    await tried(chmod(at, 0o700))
    if (await tried(rename(at, moved))) found.push(moved)
  }
  for (const at of found.toReversed()) await tried(rmdir(at))
}

/** Removes the files in a folder one by one and adds its subfolders to `found`. */
async function empty(at: Buffer, found: Buffer[]): Promise<void> {
  await tried(chmod(at, 0o700))
  try {
    // Latin-1 keeps arbitrary bytes, one character each.
    for await (const entry of await opendir(at, { encoding: 'latin1' as 'utf8' })) {
      const path = Buffer.concat([at, Buffer.from(`/${entry.name}`, 'latin1')])
      if (entry.isDirectory()) found.push(path)
      else await tried(unlink(path))
    }
  } catch {
    // It cannot be read, so it stays.
  }
}

function tried(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  )
}
