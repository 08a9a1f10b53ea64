// A GIF in the making over worker threads: frames go out as they come, bytes depend on frames and options alone.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { productFolder } from '../../product.ts'
import { availableParallelism } from 'node:os'
import { createFilm, type PaintTask } from '../../guest/easel/gif/film.ts'
import { checkDelay, checkFrame, checkOptions, delayOf, unpack, type CodedFrame, type RawFrame } from '../../guest/easel/gif/frame.ts'
import type { GifSession, OpenOptions } from '../../guest/easel/gif/session.ts'
import { createSlots, type Slot } from './slots.ts'
import { createTeam, type Team } from './team.ts'

export interface PoolOptions extends OpenOptions {
  /** By default the machine's cores; 16 at most. */
  readonly threads?: number
  /** Module of the worker threads; by default the one beside this file. */
  readonly workerUrl?: URL
  /** Ends the session as `cancel` does. */
  readonly signal?: AbortSignal
}

const MOST_THREADS = 16
const teams = new Map<string, Team>()

/** Starts a GIF. Throws a RangeError for options that a GIF cannot hold. */
export function openPool(options: PoolOptions): GifSession {
  checkOptions(options)
  const { width, height, quality, onProgress, signal } = options
  const team = teamOf(options)
  const film = createFilm(options)
  const slots = createSlots(width * height, team.size)
  const work: Promise<void>[] = []
  let failure: Error | undefined
  let [count, done] = [0, 0]
  let before: Slot | undefined
  let held: Slot | undefined
  let last: Promise<void> = Promise.resolve()

  const fail = (error: Error) => {
    failure ??= error
    slots.close()
  }
  const cancel = (reason?: unknown) => fail(reason instanceof Error ? reason : new Error('the GIF was cancelled'))
  const abort = () => cancel(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })

  const start = (step: () => Promise<void>) => {
    if (failure === undefined) work.push(step().catch(fail))
  }
  const paint = ({ n, flat, shared }: PaintTask) =>
    start(async () => {
      // Only looking answers with a flat frame.
      film.painted(n, (await team.run({ kind: 'paint', quality, flat, shared })) as CodedFrame)
    })
  /** Looks at the held frame, now that the one after it is known. */
  const look = (after: Slot | undefined) => {
    const [current, previous] = [held, before]
    if (current === undefined) return
    const n = count++
    const next = after?.holes ? after : undefined
    for (const slot of [current, previous, next]) slots.hold(slot)
    start(async () => {
      const buffers = { current: current.buffer, previous: previous?.buffer, next: next?.buffer }
      const found = await team.run({ kind: 'look', quality, width, height, holes: current.holes, ...buffers })
      for (const slot of [current, previous, next]) slots.release(slot)
      if (failure !== undefined) return
      film.look(n, found).forEach(paint)
      onProgress?.(++done)
    })
    slots.release(before)
    before = current
    held = after
  }
  const take = async (frame: RawFrame, n: number) => {
    const slot = await slots.next()
    if (failure !== undefined) throw failure
    checkFrame(frame, options, n)
    slot.holes = unpack(frame, slot.pixels)
    if (held === undefined) held = slot
    else look(slot)
  }
  const settle = async () => {
    // Work may start more work: painting follows looking.
    for (let k = 0; k < work.length; k++) await work[k]
    if (failure !== undefined) throw failure
  }
  const delays: number[] = []
  return {
    add(frame, delay) {
      const n = delays.length
      delays.push(delay ?? delayOf(options, n))
      checkDelay(delays[n]!)
      last = last.then(() => take(frame, n))
      last.catch(fail)
      return last
    },
    async finish() {
      try {
        await last
        if (held === undefined) throw failure ?? new RangeError('a GIF needs at least one frame')
        look(undefined)
        await settle()
        film.close().forEach(paint)
        await settle()
        return film.develop(delays)
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },
    cancel: () => cancel(),
  }
}

/** The source beside this file, or the bundle beside the bundle that this file went into. */
function ownWorker(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url)
  return pathToFileURL(join(productFolder(), 'dist/gif-worker.js'))
}

function teamOf({ threads, workerUrl = ownWorker() }: PoolOptions): Team {
  const size = Math.max(1, Math.min(threads ?? availableParallelism(), MOST_THREADS))
  const key = `${size} ${workerUrl.href}`
  const team = teams.get(key) ?? createTeam(size, workerUrl)
  teams.set(key, team)
  return team
}
