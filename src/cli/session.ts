// The rooms of one program run: a sandbox that warms up at once, a checker, a planner, a journal.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '../../sessions/event.ts'
import type { Config } from '../config.ts'
import { createChecker, type Checker } from '../check/checker.ts'
import { createJournal, type Journal } from '../journal.ts'
import { openSandbox, type Sandbox } from '../runner/sandbox.ts'
import { planUploads } from './uploads.ts'

export interface Session {
  readonly sandbox: Sandbox
  readonly checker: Checker
  readonly journal: Journal
  readonly limits: Config['limits']
  readonly nextCell: () => number
  /** Brings files in; one event each. Throws UploadError or FileRefused. */
  upload(paths: readonly string[]): Promise<Extract<Event, { type: 'upload' }>[]>
  close(): Promise<void>
}

const PREFIX = 'easel-'

/** Opens a session in a private temporary folder that `close` removes. */
export async function openSession(config: Config): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const { limits } = config
  const sandbox = openSandbox({ folder, limits })
  const checker = createChecker()
  const journal = createJournal()
  let cells = 0
  void sweep()

  return {
    sandbox,
    checker,
    journal,
    limits,
    nextCell: () => ++cells,
    async upload(paths) {
      const taken = sandbox.files().map((file) => file.name)
      const plans = await planUploads(paths, taken)
      const events: Extract<Event, { type: 'upload' }>[] = []
      for (const { name, path } of plans) {
        const card = await sandbox.upload(name, path)
        const event = { type: 'upload', name, card } as const
        journal.append(event)
        events.push(event)
      }
      return events
    },
    async close() {
      checker.close()
      await sandbox.close()
    },
  }
}

/** Removes what a killed run left behind. */
async function sweep(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-\\w+$`).exec(name)?.[1])
    if (pid && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
