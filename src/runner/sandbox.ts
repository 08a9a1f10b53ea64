// A session's sandbox: one child at a time, warm from the start, killed at a limit and made anew with the same files.
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo, CellEnd, CellStatus, PictureJob } from '../../sandbox/protocol.ts'
import type { Spawn } from './child.ts'
import { PRIORITIES, type CpuPriority } from './cpu-priority.ts'
import { describeFile, uninspectedInfo } from './file-description.ts'
import { createKeptFiles, type KeptFile } from './kept-files.ts'
import { superviseChild, type ChildSupervisor } from './child-supervisor.ts'
import { takeOutputs } from './outputs.ts'
import { askTwice, isUnanswered } from './child-query.ts'
import { runInChild, type CellReport, type CellRequest } from './run.ts'
import { askForPicture, unshown, type Prepared } from './shown-picture.ts'
import { wallNotice } from '../process-wall/levels.ts'
import { removeFolder } from '../process-wall/remove-folder.ts'
import { wallLevel } from '../process-wall/wall.ts'
import { spawnChild } from './spawn-child.ts'

export interface SandboxOptions {
  /** A private folder for this session; the sandbox makes and removes what is below. */
  readonly folder: string
  readonly limits: Limits
  /** Refuses to open where the strongest wall cannot be reached; see `wallNotice`. */
  readonly requireSandbox?: boolean
  /** Long cells give way to short ones of other sandboxes that yield: for a program that many use at once. */
  readonly yields?: boolean
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
  /** Brings a file of the person in and gives its card; throws FileRefused. */
  upload(name: string, path: string): Promise<FileInfo>
  /** Runs a cell; its reports go to `emit` as they come. */
  run(request: CellRequest, emit: (event: CellReport) => void, signal?: AbortSignal): Promise<RunEnd>
  /**
   * Puts a file that needs no look, as its card is known, in the place of any of this name; its bytes stay at `path`
   * as long as it is there. Throws FileRefused.
   */
  place(name: string, path: string): Promise<void>
  /** Prepares files for a model, or a person, to see, between cells; a sentence instead of a picture if that cannot be. */
  show(job: PictureJob, signal?: AbortSignal): Promise<Prepared>
  /** Takes a file away. */
  take(name: string): Promise<void>
  /** Grows whenever the child was lost and with it all variables, in a cell or between two. */
  readonly generation: number
  /** Ends the child and starts another: no variable is left, the files stay. */
  renew(): Promise<void>
  file(name: string): KeptFile | undefined
  files(): readonly KeptFile[]
  close(): Promise<void>
}

type RunningAt = Awaited<ReturnType<ChildSupervisor['get']>>

/** Work of the child beside cells, which counts as they do. */
async function counted<T>(
  at: RunningAt,
  priority: CpuPriority | undefined,
  work: (at: RunningAt) => Promise<T>,
): Promise<T> {
  const over = priority?.enter(at.child, 'cell')
  return work(at).finally(over)
}

/** `requireSandbox` asked for more than this machine gives. */
class SandboxRefused extends Error {
  readonly code = 'EASEL_SANDBOX_LEVEL'
  constructor() {
    super(`--require-sandbox asks for the strongest wall. ${wallNotice(wallLevel()) ?? ''}`)
  }
}

/** Ends after which the child cannot be used any more. */
const LOST: ReadonlySet<CellStatus> = new Set(['timeout', 'memory', 'crashed', 'cancelled'])

/** Opens the sandbox; its first child starts at once, so that it is warm when the first cell comes. Throws with code EASEL_SANDBOX_LEVEL. */
export function openSandbox(options: SandboxOptions): Sandbox {
  const { folder, limits, requireSandbox = false, yields = false, cells = true, spawn = spawnChild } = options
  if (requireSandbox && wallNotice(wallLevel()) !== undefined) throw new SandboxRefused()
  const kept = createKeptFiles(join(folder, 'kept'), limits)
  const priority = yields ? PRIORITIES.join() : undefined
  const living = superviseChild(folder, limits, kept, { spawn, cells, filtered: requireSandbox }, priority)
  const closing = new AbortController()
  const unlessClosed = (signal = closing.signal) => AbortSignal.any([signal, closing.signal])
  let nextFileInfo = 1

  return {
    async upload(name, path) {
      const file = await kept.takeUpload(name, path)
      await living.mount(await living.get(), file)
      const ask = async () => describeFile((await living.get()).child, nextFileInfo++, file.name, limits)
      const card = await askTwice(ask, unlessClosed())
      return isUnanswered(card) ? uninspectedInfo(file.bytes, card, limits) : card
    },
    async run(request, emit, signal) {
      const began = performance.now()
      const at = await living.get()
      const outputs = takeOutputs(kept, at.scratch, limits, emit)
      const over = priority?.enter(at.child, 'cell')
      const { type: _, ...end } = await runInChild(at.child, request, limits, unlessClosed(signal), outputs.report)
      over?.()
      const lost = LOST.has(end.status) || at.child.isGone
      await outputs.settled(lost)
      if (lost) await living.replace(at)
      return { ...end, ms: Math.round(performance.now() - began), lost }
    },
    async place(name, path) {
      const file = await kept.refer(name, path)
      await living.mount(await living.get(), file)
    },
    async show(job, signal) {
      const either = unlessClosed(signal)
      const look = (at: RunningAt) => askForPicture(at, nextFileInfo++, job, limits, either)
      const ask = async () => counted(await living.get(), priority, look)
      const shown = await askTwice(ask, either)
      return isUnanswered(shown) ? unshown(job, shown) : shown
    },
    async take(name) {
      const file = kept.get(name)
      if (!file) return
      await kept.remove(file.name)
      living.unmount(await living.get(), file.name)
    },
    get generation() {
      return living.generation
    },
    renew: async () => living.replace(await living.get()),
    file: (name) => kept.get(name),
    files: () => kept.list(),
    async close() {
      closing.abort()
      await living.close()
      // Whatever is just being written there ends with the child.
      await removeFolder(folder)
    },
  }
}
