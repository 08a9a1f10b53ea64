// Finds which wall a sandbox has on this machine, by starting a sandbox process rather than by guessing.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Wall } from '../process-wall/levels.ts'
import { wallLevel } from '../process-wall/wall.ts'
import { startChild } from './child.ts'

/** Starts a sandbox process, reports its wall and ends it; undefined if it does not start. */
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
