// Which wall the sandbox has on this machine, asked of a sandbox process rather than supposed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Wall } from '../process-wall/levels.ts'
import { wallLevel } from '../process-wall/wall.ts'
import { startChild } from './child.ts'

/** The wall of a sandbox process that is started for this and ended; undefined if it does not start. */
export async function findWall(): Promise<Wall | undefined> {
  const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
  const child = startChild(folder, defaultLimits(), { cells: false })
  try {
    await child.ready
    return { level: wallLevel(), isFiltered: child.isFiltered }
  } catch {
    return undefined
  } finally {
    child.kill()
    await child.gone
    await rm(folder, { recursive: true, force: true })
  }
}
