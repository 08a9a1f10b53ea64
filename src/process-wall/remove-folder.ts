// Removing a folder that a process behind the wall could write to: it may be nested deeper than a path can be long, or be closed
// to its owner. The process must be dead.
import { randomBytes } from 'node:crypto'
import { chmod, lstat, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes it with all that is in it; never rejects: what the disk does not let go stays. */
export async function removeFolder(folder: string): Promise<void> {
  const isRemoved = (): Promise<boolean> =>
    rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).then(
      () => true,
      () => false,
    )
  if (await isRemoved()) return
  await flatten(folder).catch(() => undefined)
  await isRemoved()
}

/** Moves all that is further down to the top, whose paths are short. */
async function flatten(folder: string): Promise<void> {
  await chmod(folder, 0o700)
  const waiting = await readdir(folder)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = join(folder, name)
    if (!(await lstat(path)).isDirectory()) continue
    await chmod(path, 0o700)
    for (const inner of await readdir(path)) {
      const moved = randomBytes(16).toString('hex')
      const from = join(path, inner)
      // A folder that its owner may not write to cannot be moved either.
      if ((await lstat(from)).isDirectory()) await chmod(from, 0o700)
      await rename(from, join(folder, moved))
      waiting.push(moved)
    }
  }
}
