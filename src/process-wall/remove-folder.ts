// Removing a folder that a process behind the wall could write to: it may be nested deeper than a path can be long, hold more
// than can be listed at once, names of any bytes, and folders that are closed to their owner. The process must be dead.
import { randomBytes } from 'node:crypto'
import { chmod, lstat, opendir, rename, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'

/** A path of more bytes, with a name of 255 at its end, is none any more: what lies so deep is moved to the top first. */
const MAX_LENGTH = 3500

/** Processes that were killed may hold a last thing for a moment. */
const TRIES = 5
const REST_MS = 50

/** Removes it with all that is in it; never rejects: what the disk does not let go stays. Of a link nothing but itself. */
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
    // Who may not write to a folder cannot move it either.
    await tried(chmod(at, 0o700))
    if (await tried(rename(at, moved))) found.push(moved)
  }
  for (const at of found.toReversed()) await tried(rmdir(at))
}

/** Removes what is in a folder, one by one, but for the folders, which are added to `found`. */
async function empty(at: Buffer, found: Buffer[]): Promise<void> {
  await tried(chmod(at, 0o700))
  try {
    // Names are bytes, a character each.
    for await (const entry of await opendir(at, { encoding: 'latin1' as 'utf8' })) {
      const path = Buffer.concat([at, Buffer.from(`/${entry.name}`, 'latin1')])
      if (entry.isDirectory()) found.push(path)
      else await tried(unlink(path))
    }
  } catch {
    // It cannot be read, and stays.
  }
}

function tried(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  )
}
