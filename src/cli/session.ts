// The rooms of one program run: a sandbox that warms up at once, a checker, a journal, in a folder that `close` removes.
import { rmSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventOf } from '../../sessions/event.ts'
import { createChecker, type Checker } from '../check/checker.ts'
import type { Config } from '../config.ts'
import { createJournal, type Journal } from '../journal.ts'
import { openSandbox, type Sandbox } from '../runner/sandbox.ts'
import { planUploads } from './uploads.ts'
import { reasonOf } from './wording.ts'

export interface Session {
  readonly sandbox: Sandbox
  readonly checker: Checker
  readonly journal: Journal
  readonly limits: Config['limits']
  readonly nextCell: () => number
  /** Checks all paths, then brings the files in one by one. Throws UploadError or FileRefused. */
  upload(paths: readonly string[]): AsyncGenerator<{ readonly event: EventOf<'upload'>; readonly path: string }>
  close(): Promise<void>
}

const PREFIX = 'easel-'

/** Opens a session in a private temporary folder. */
export async function openSession({ limits }: Config, requireSandbox: boolean): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`)).catch((error: unknown) => {
    throw new Error(`No temporary folder can be made in ${tmpdir()}: ${reasonOf(error)} Choose another with TMPDIR.`)
  })
  const sandbox = opened(() => openSandbox({ folder, limits, requireSandbox }), folder)
  const checker = createChecker()
  const journal = createJournal()
  let cells = 0
  setTimeout(() => void sweep(), 1000).unref()

  return {
    sandbox,
    checker,
    journal,
    limits,
    nextCell: () => ++cells,
    async *upload(paths) {
      const taken = sandbox.files().map((file) => file.name)
      for (const { name, path, typed } of await planUploads(paths, taken)) {
        const card = await sandbox.upload(name, path).catch(noRoom)
        const event = { type: 'upload', name, card } as const
        journal.append(event)
        yield { event, path: typed }
      }
    },
    async close() {
      checker.close()
      await sandbox.close()
    },
  }
}

/** The disk that is full is not the one that the file came from. */
function noRoom(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
  throw new Error(`The session's files go to ${tmpdir()}: ${reasonOf(error)} Choose another folder with TMPDIR.`)
}

function opened(open: () => Sandbox, folder: string): Sandbox {
  try {
    return open()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const OLD_MS = 3_600_000

/** Removes what killed runs left behind an hour ago or more. */
async function sweep(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-\\w+$`).exec(name)?.[1])
    if (!pid || isAlive(pid)) continue
    const path = join(tmpdir(), name)
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > OLD_MS) await rm(path, { recursive: true, force: true }).catch(() => undefined)
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
