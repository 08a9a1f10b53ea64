// Sends one GIF's frames through the worker pool: each is analysed once the next is known, flat ones painted later.
import { createFrameScheduler, type PaintTask } from '../../helpers/gif/frame-scheduler.ts'
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import { checkFrame, isIndependent, type CodedFrame, type GifOptions, type RawFrame } from '../../helpers/gif/frame.ts'
import { unpack } from '../../helpers/gif/unpack.ts'
import { createSlots, type Slot } from './slots.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface FramePipelineOptions extends GifOptions {
  readonly onProgress?: (done: number) => void
  readonly onBytes?: (bytes: number) => void
}

export interface FramePipeline {
  /** Takes frame `n` as soon as a slot is free. */
  take(frame: RawFrame, n: number): Promise<void>
  finish(delays: readonly number[]): Promise<Uint8Array>
  /** Ends the pipeline: nobody waits any longer, and `take` and `finish` reject with the first reason. */
  fail(this: void, error: unknown): void
}

export function createFramePipeline(options: FramePipelineOptions, pool: WorkerPool): FramePipeline {
  const { width, height } = options
  const alone = isIndependent(options)
  const slots = createSlots(width * height, pool.size, alone)
  const tasks = createTasks(options, pool, slots.close)
  let before: Slot | undefined
  let pending: Slot | undefined

  /** Analyses the pending frame, now that its successor is known. */
  const advance = (after: Slot | undefined) => {
    const [current, previous] = [pending, before]
    if (current === undefined) return
    const scene = [current, previous, after?.holes ? after : undefined] as const
    scene.forEach(slots.retain)
    tasks.look(scene, () => scene.forEach(slots.release))
    slots.release(before)
    before = current
    pending = after
  }
  return {
    async take(frame, n) {
      const slot = await slots.next()
      tasks.check()
      checkFrame(frame, options, n)
      slot.holes = unpack(frame, slot.pixels)
      if (pending !== undefined) return advance(slot)
      pending = slot
      if (!alone) return
      advance(undefined)
      slots.release(before)
      before = undefined
    },
    async finish(delays) {
      if (pending === undefined && delays.length === 0) {
        tasks.check()
        throw new RangeError('a GIF needs at least one frame')
      }
      advance(undefined)
      return tasks.finish(delays)
    },
    fail: tasks.fail,
  }
}

/** The tasks given to the pool, and their results. */
function createTasks(options: FramePipelineOptions, pool: WorkerPool, onFailure: () => void) {
  const { width, height, quality, onProgress, onBytes } = options
  const scheduler = createFrameScheduler(options)
  const work: Promise<void>[] = []
  let failure: Error | undefined
  let [count, done, bytes] = [0, 0, 0]

  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error))
    onFailure()
  }
  const check = () => {
    if (failure !== undefined) throw failure
  }
  const start = (step: () => Promise<void>) => {
    if (failure === undefined) work.push(step().catch(fail))
  }
  const countBytes = (found: CodedFrame | FlatFrame) => {
    if (found.kind === 'coded') onBytes?.((bytes += found.data.length))
  }
  const paint = ({ n, flat, shared }: PaintTask) =>
    start(async () => {
      // A paint task never returns a flat frame.
      const painted = (await pool.run({ kind: 'paint', quality, flat, shared })) as CodedFrame
      countBytes(painted)
      scheduler.painted(n, painted)
    })
  const settle = async () => {
    // A task may add more tasks: painting follows analysis.
    for (let k = 0; k < work.length; k++) await work[k]
    check()
  }
  return {
    fail,
    check,
    look([current, previous, next]: readonly [Slot, Slot | undefined, Slot | undefined], free: () => void) {
      const n = count++
      start(async () => {
        const pixels = { current: current.buffer, previous: previous?.buffer, next: next?.buffer }
        const found = await pool.run({ kind: 'look', quality, width, height, holes: current.holes, ...pixels })
        free()
        if (failure !== undefined) return
        countBytes(found)
        scheduler.look(n, found).forEach(paint)
        onProgress?.(++done)
      })
    },
    async finish(delays: readonly number[]) {
      await settle()
      scheduler.close().forEach(paint)
      await settle()
      return scheduler.assembleFile(delays)
    },
  }
}
