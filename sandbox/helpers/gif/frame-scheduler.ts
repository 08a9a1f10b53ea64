// Schedules the coding of frames: analysed in any order, but the shared palette depends only on their numbers.
import { assemble } from './container.ts'
import type { FlatFrame } from './flat.ts'
import { hundredths, type CodedFrame, type GifOptions } from './frame.ts'
import { createSharedPalette } from './palette/shared-palette.ts'

/** A flat frame that is ready to be painted, with its palette. */
export interface PaintTask {
  readonly n: number
  readonly flat: FlatFrame
  readonly shared: Uint8Array
}

export interface FrameScheduler {
  /** Stores the result of analysing frame `n`. Returns the frames that are ready to be painted. */
  look(n: number, found: CodedFrame | FlatFrame): readonly PaintTask[]
  /** Called when all frames have been analysed; returns the frames that remain to be painted. */
  close(): readonly PaintTask[]
  painted(n: number, frame: CodedFrame): void
  /** Returns the file when everything is painted; `delays` are milliseconds per frame. */
  assembleFile(delays: readonly number[]): Uint8Array
}

/**
 * Approximate memory limit for runs waiting for the shared palette; past it the palette is made from the frames so far.
 */
const WAITING_BYTES = 96 << 20

export function createFrameScheduler(
  { width, height, loop }: GifOptions,
  waitingBytes = WAITING_BYTES,
): FrameScheduler {
  const shared = createSharedPalette()
  const found: (CodedFrame | FlatFrame | undefined)[] = []
  const frames: (CodedFrame | undefined)[] = []
  let waiting: { n: number; flat: FlatFrame }[] = []
  let bytes = 0
  let next = 0
  let palette: Uint8Array | undefined

  const release = (): PaintTask[] => {
    if (palette === undefined) return []
    const table = palette
    const tasks = waiting.map(({ n, flat }) => ({ n, flat, shared: table }))
    waiting = []
    return tasks
  }
  const gather = (n: number, flat: FlatFrame) => {
    waiting.push({ n, flat })
    if (palette !== undefined) return
    shared.gather(flat)
    bytes += flat.runs.byteLength
    if (bytes > waitingBytes) palette = shared.make()
  }
  return {
    look(n, result) {
      found[n] = result
      for (let ready = found[next]; ready !== undefined; ready = found[++next]) {
        found[next] = undefined
        if (ready.kind === 'coded') frames[next] = ready
        else gather(next, ready)
      }
      return release()
    },
    close() {
      palette ??= shared.make()
      return release()
    },
    painted(n, frame) {
      frames[n] = frame
    },
    assembleFile(delays) {
      const coded = frames.map((frame, n) => {
        if (frame === undefined) throw new Error(`frame ${n} of the GIF was never painted`)
        return frame
      })
      const file = { width, height, loop, delays: delays.map(hundredths), frames: coded }
      return assemble({ ...file, shared: palette ?? new Uint8Array(0) })
    },
  }
}
