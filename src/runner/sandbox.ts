// A session's sandbox: one child at a time, started ahead of use, killed at a limit and restarted with the same files.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo, CellEnd, CellStatus, PictureJob } from '../../sandbox/protocol.ts'
import type { TableQuery } from '../../sandbox/table-protocol.ts'
import type { Spawn } from './child.ts'
import { PRIORITIES, type CpuPriority } from './cpu-priority.ts'
import { describeFile, uninspectedInfo } from './file-description.ts'
import { createKeptFiles, type KeptFile, type KeptFiles } from './kept-files.ts'
import { createLinkedFiles, createLinkUse, type LinkedFiles } from './linked-files.ts'
import { superviseChild, type ChildSupervisor } from './child-supervisor.ts'
import { takeOutputs } from './outputs.ts'
import { queryWithRetry, isQueryFailure } from './child-query.ts'
import { runInChild, type CellReport, type CellRequest } from './run.ts'
import { requestPicture, describeUnprepared, type Prepared } from './shown-picture.ts'
import { describeUnread, requestTable, type TableAnswer } from './table-window.ts'
import { wallNotice } from '../process-wall/levels.ts'
import { removeFolder } from '../process-wall/remove-folder.ts'
import { wallLevel } from '../process-wall/wall.ts'

export interface SandboxOptions {
  /** A private folder for this session; the sandbox makes and removes what is below. */
  readonly folder: string
  /** An empty folder on the disk of stored files, for links to them, which the sandbox removes; default: one below `folder`. */
  readonly linkFolder?: string | undefined
  readonly limits: Limits
  /** Refuses to open if the strongest wall is not available; see `wallNotice`. */
  readonly requireSandbox?: boolean
  /** Long cells yield to short ones of other sandboxes with this option: for a program with many users at once. */
  readonly lowersPriority?: boolean
  /** Runs cells; false: only shows pictures, and its child starts sooner. */
  readonly cells?: boolean
  /** The process wall; another one only in tests. */
  readonly spawn?: Spawn
}

export interface RunEnd extends Omit<CellEnd, 'type'> {
  readonly ms: number
  /** The child is gone: variables are lost, files are kept. */
  readonly lost: boolean
}

export interface Sandbox {
  /**
   * Adds a file of the user and returns its info; throws FileRefused. Its bytes are copied; those of a `stored` file
   * stay at `path`, where nobody changes them.
   */
  upload(name: string, path: string, stored?: { readonly mtime: number | undefined }): Promise<FileInfo>
  /** Runs a cell; its reports go to `emit` as they come. */
  run(request: CellRequest, emit: (event: CellReport) => void, signal?: AbortSignal): Promise<RunEnd>
  /**
   * Adds a file whose info is known, so that it need not be inspected, or replaces the one of this name; its bytes
   * stay at `path` as long as it is there. Throws FileRefused.
   */
  placeFile(name: string, path: string): Promise<void>
  /** Prepares a picture of files for a model or the user, between cells; a sentence instead if that fails. */
  show(job: PictureJob, signal?: AbortSignal): Promise<Prepared>
  /** Rows of a table for the page, between cells; a sentence instead if it cannot be read. */
  readTable(name: string, query: TableQuery): Promise<TableAnswer>
  /** Removes a file. */
  removeFile(name: string): Promise<void>
  /** Increases whenever the child was lost and with it all variables, in a cell or between two. */
  readonly generation: number
  /** Replaces the child: all variables are lost, the files stay. */
  renew(): Promise<void>
  file(name: string): KeptFile | undefined
  files(): readonly KeptFile[]
  close(): Promise<void>
}

type RunningAt = Awaited<ReturnType<ChildSupervisor['get']>>

/** Runs work of the child outside of cells; its CPU time counts as that of a cell. */
async function withPriority<T>(
  at: RunningAt,
  priority: CpuPriority | undefined,
  work: (at: RunningAt) => Promise<T>,
): Promise<T> {
  const over = priority?.enter(at.child, 'cell')
  return work(at).finally(over)
}

function openLinks({ folder, linkFolder }: SandboxOptions): LinkedFiles | undefined {
  if (wallLevel() !== 'jail') return undefined
  const links = linkFolder ?? join(folder, 'links')
  mkdirSync(links, { recursive: true, mode: 0o700 })
  return createLinkedFiles(links)
}

interface Parts {
  readonly kept: KeptFiles
  readonly supervisor: ChildSupervisor
  readonly priority: CpuPriority | undefined
  readonly limits: Limits
  /** Aborts when the sandbox is closed. */
  readonly closing: AbortSignal
  readonly nextId: () => number
}

/** What the child is asked between cells. */
function createQueries({ supervisor, priority, limits, closing, nextId }: Parts): Pick<Sandbox, 'show' | 'readTable'> {
  return {
    async show(job, signal = closing) {
      const either = AbortSignal.any([signal, closing])
      const look = (at: RunningAt) => requestPicture(at, nextId(), job, limits, either)
      const ask = async () => withPriority(await supervisor.get(), priority, look)
      const shown = await queryWithRetry(ask, either)
      return isQueryFailure(shown) ? describeUnprepared(job, shown) : shown
    },
    async readTable(name, query) {
      const look = ({ child }: RunningAt) => requestTable(child, nextId(), { name, query }, limits, closing)
      const ask = async () => withPriority(await supervisor.get(), priority, look)
      const answer = await queryWithRetry(ask, closing)
      return isQueryFailure(answer) ? describeUnread(name, answer) : answer
    },
  }
}

/** Files that come and go between cells. */
function createFileChanges({
  kept,
  supervisor,
  limits,
  closing,
  nextId,
}: Parts): Pick<Sandbox, 'upload' | 'placeFile' | 'removeFile'> {
  return {
    async upload(name, path, stored) {
      const file = await (stored ? kept.addReference(name, path, stored.mtime) : kept.takeUpload(name, path))
      await supervisor.mount(await supervisor.get(), file)
      const ask = async () => describeFile((await supervisor.get()).child, nextId(), file.name, limits)
      const card = await queryWithRetry(ask, closing)
      return isQueryFailure(card) ? uninspectedInfo(file.bytes, card, limits) : card
    },
    async placeFile(name, path) {
      const file = await kept.addReference(name, path)
      await supervisor.mount(await supervisor.get(), file)
    },
    async removeFile(name) {
      const file = kept.get(name)
      if (!file) return
      await kept.remove(file.name)
      supervisor.unmount(await supervisor.get(), file.name)
    },
  }
}

function createRun({ kept, supervisor, priority, limits, closing }: Parts): Sandbox['run'] {
  return async (request, emit, signal = closing) => {
    const began = performance.now()
    const at = await supervisor.get()
    const outputs = takeOutputs(kept, at.scratch, limits, emit)
    const over = priority?.enter(at.child, 'cell')
    const either = AbortSignal.any([signal, closing])
    const { type: _, ...end } = await runInChild(at.child, request, limits, either, outputs.report)
    over?.()
    const lost = LOST_STATUSES.has(end.status) || at.child.isGone
    await outputs.settled(lost)
    if (lost) await supervisor.replace(at)
    return { ...end, ms: Math.round(performance.now() - began), lost }
  }
}

/** `requireSandbox` asked for more than this machine supports. */
class SandboxRefused extends Error {
  readonly code = 'EASEL_SANDBOX_LEVEL'
  constructor() {
    super(`--require-sandbox asks for the strongest wall. ${wallNotice(wallLevel()) ?? ''}`)
  }
}

/** Statuses after which the child cannot be used any more. */
const LOST_STATUSES: ReadonlySet<CellStatus> = new Set(['timeout', 'memory', 'crashed', 'cancelled'])

/** Opens the sandbox and starts its first child at once, before any cell comes. Throws code EASEL_SANDBOX_LEVEL. */
export function openSandbox(options: SandboxOptions): Sandbox {
  const { folder, limits, requireSandbox = false, lowersPriority = false, cells = true, spawn } = options
  if (requireSandbox && wallNotice(wallLevel()) !== undefined) throw new SandboxRefused()
  const links = openLinks(options)
  const kept = createKeptFiles(join(folder, 'kept'), limits, links)
  const priority = lowersPriority ? PRIORITIES.join() : undefined
  const childOptions = { spawn, cells, filtered: requireSandbox, links: links?.folder }
  const supervisor = superviseChild(folder, limits, kept, childOptions, priority)
  const closing = new AbortController()
  let ids = 0
  const parts: Parts = { kept, supervisor, priority, limits, closing: closing.signal, nextId: () => ++ids }
  const run = createRun(parts)
  const { show, readTable } = createQueries(parts)
  const { upload, placeFile, removeFile } = createFileChanges(parts)
  const whileReading = createLinkUse(links)

  return {
    upload: (...all) => whileReading(() => upload(...all)),
    run: (...all) => whileReading(() => run(...all)),
    placeFile: (...all) => whileReading(() => placeFile(...all)),
    show: (...all) => whileReading(() => show(...all)),
    readTable: (...all) => whileReading(() => readTable(...all)),
    removeFile: (...all) => whileReading(() => removeFile(...all)),
    get generation() {
      return supervisor.generation
    },
    renew: async () => supervisor.replace(await supervisor.get()),
    file: (name) => kept.get(name),
    files: () => kept.list(),
    async close() {
      closing.abort()
      await supervisor.close()
      // Nothing writes there any more: the child has ended.
      await removeFolder(folder)
      for (const other of [links?.folder, options.linkFolder]) if (other !== undefined) await removeFolder(other)
    },
  }
}
