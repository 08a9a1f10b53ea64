// Keeps a session's child running: started ahead of use, restarted when it died, with the session's files mounted.
import { mkdtemp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import { removeFolder } from '../process-wall/remove-folder.ts'
import { startChild, type Child, type ChildOptions } from './child.ts'
import type { CpuPriority } from './cpu-priority.ts'
import type { KeptFile, KeptFiles } from './kept-files.ts'

/** A child and its working folder. */
interface RunningChild {
  readonly child: Child
  readonly scratch: string
}

export interface ChildSupervisor {
  /** The child; a new one if it died. Rejects once the supervisor is closed. */
  get(): Promise<RunningChild>
  /** Increases whenever a child is replaced, or has died and is about to be. */
  readonly generation: number
  /** Gives the child a kept file. */
  mount(at: RunningChild, file: KeptFile): Promise<void>
  /** Removes a file from the child. */
  unmount(at: RunningChild, name: string): void
  /** Kills the child and starts another; resolves when it is dead, before the other is ready. */
  replace(at: RunningChild): Promise<void>
  close(): Promise<void>
}

/** Starts the first child at once; each gets its own folder below `folder`. `priority`: the session's, if it yields. */
export function superviseChild(
  folder: string,
  limits: Limits,
  kept: KeptFiles,
  options: ChildOptions,
  priority: CpuPriority | undefined,
): ChildSupervisor {
  let starts = 0
  let isClosed = false
  let latest: Child | undefined
  let current = start()

  function start(): Promise<RunningChild> {
    if (isClosed) return Promise.reject(new Error('The sandbox is closed.'))
    starts++
    latest = undefined
    const running = begin()
    // The caller of `get` sees the failure; without one it must not be an unhandled rejection.
    running.catch(() => undefined)
    return running
  }
  async function begin(): Promise<RunningChild> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const scratch = await mkdtemp(join(folder, 'scratch-'))
    const running = { child: startChild(scratch, limits, options), scratch }
    latest = running.child
    const isOver = priority?.enter(running.child, 'start')
    if (isOver) void running.child.ready.then(isOver, isOver)
    await mountAll(running, kept)
    return running
  }

  return {
    async get() {
      const at = await current.catch(() => undefined)
      if (at && !at.child.isGone) return at
      current = start()
      if (at) void removeFolder(at.scratch)
      return current
    },
    get generation() {
      return latest?.isGone ? starts + 1 : starts
    },
    mount: (at, file) => mount(at, file, kept),
    unmount: ({ child }, name) => child.send({ type: 'remove', name }),
    async replace(at) {
      at.child.kill()
      await at.child.gone
      if (!isClosed) current = start()
      void removeFolder(at.scratch)
    },
    async close() {
      isClosed = true
      const at = await current.catch(() => undefined)
      at?.child.kill()
      await at?.child.gone
    },
  }
}

/** Mounts all files; if one fails, kills the child and rejects. */
async function mountAll(running: RunningChild, kept: KeptFiles): Promise<void> {
  try {
    for (const file of kept.list()) await mount(running, file, kept)
  } catch (error) {
    running.child.kill()
    await running.child.gone
    void removeFolder(running.scratch)
    throw error
  }
}

async function mount({ child, scratch }: RunningChild, file: KeptFile, kept: KeptFiles): Promise<void> {
  const { blob, isLinked } = await kept.placeIn(scratch, file)
  child.send({ type: 'mount', name: file.name, blob, isLinked, bytes: file.bytes, mtime: file.mtime })
}
