// The processes of one open session: a sandbox, which warms up immediately, and a checker, in a folder `close` removes.
import { rmSync } from 'node:fs'
import { lstat, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import { createChecker, type Checker } from '../check/checker.ts'
import { removeFolder } from '../process-wall/remove-folder.ts'
import { openSandbox, type Sandbox } from '../runner/sandbox.ts'
import type { MakeLinkFolder } from './link-folder.ts'

export interface Processes {
  readonly sandbox: Sandbox
  readonly checker: Checker
  close(): Promise<void>
}

export interface ProcessOptions {
  readonly limits: Limits
  readonly requireSandbox: boolean
  /** Long cells run at lower CPU priority than those of other sessions. */
  readonly lowersPriority?: boolean | undefined
  readonly makeLinkFolder?: MakeLinkFolder | undefined
}

/** `startProcesses`, or a replacement in tests. */
export type StartProcesses = (options: ProcessOptions) => Promise<Processes>

const PREFIX = 'easel-'

/** Starts the processes of a session in a private temporary folder. */
export async function startProcesses({
  limits,
  requireSandbox,
  lowersPriority = false,
  makeLinkFolder,
}: ProcessOptions): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`)).catch((error: unknown) => {
    throw temporaryFolderProblem(error)
  })
  const linkFolder = await makeLinkFolder?.()
  const folders = linkFolder === undefined ? [folder] : [folder, linkFolder]
  const open = () => openSandbox({ folder, linkFolder, limits, requireSandbox, lowersPriority })
  const sandbox = openOrCleanUp(open, folders)
  const checker = await checkerBeside(sandbox)
  setTimeout(() => void removeStaleFolders(), 1000).unref()
  return {
    sandbox,
    checker,
    async close() {
      checker.close()
      await sandbox.close()
    },
  }
}

async function checkerBeside(sandbox: Sandbox): Promise<Checker> {
  try {
    return createChecker()
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

function openOrCleanUp(open: () => Sandbox, folders: readonly string[]): Sandbox {
  try {
    return open()
  } catch (error) {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Rewords a disk error of the temporary folder, which the user did not choose, and says what to do. */
export function temporaryFolderProblem(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Error(`The disk of ${tmpdir()}, where a session works, is full. Choose another folder with TMPDIR.`)
  }
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error
  return new Error(`A session cannot work in ${tmpdir()} (${message}). Choose another folder with TMPDIR.`)
}

const OLD_MS = 3_600_000

/** Removes the folders that killed runs left behind an hour ago or more. */
async function removeStaleFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-[\\w-]+$`).exec(name)?.[1])
    if (!pid || isAlive(pid)) continue
    const path = join(tmpdir(), name)
    const facts = await lstat(path).catch(() => undefined)
    // Another user may have made a folder or a link of this name.
    if (!facts?.isDirectory() || facts.uid !== process.getuid?.()) continue
    if (Date.now() - facts.mtimeMs > OLD_MS) await removeFolder(path)
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
