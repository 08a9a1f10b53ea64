// The order of the work: frames are looked at in any order, but what they share depends on their numbers only.
import { assemble } from './container.ts'
import type { FlatFrame } from './flat.ts'
import { hundredths, type CodedFrame, type GifOptions } from './frame.ts'
import { createSharedPalette } from './palette/shared-palette.ts'

/** A flat frame that may now be painted, with the palette for it. */
export interface PaintTask {
  readonly n: number
  readonly flat: FlatFrame
  readonly shared: Uint8Array
}

export interface FrameScheduler {
  /** Takes what looking at frame `n` found. Returns what may be painted now. */
  look(n: number, found: CodedFrame | FlatFrame): readonly PaintTask[]
  /** All frames have been looked at: what remains to be painted. */
  close(): readonly PaintTask[]
  painted(n: number, frame: CodedFrame): void
  /** The file, once everything is painted; milliseconds a frame. */
  develop(delays: readonly number[]): Uint8Array
}

/** Runs that wait for the shared palette take at most about this; past it the palette is made of the frames so far. */
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
    develop(delays) {
      const coded = frames.map((frame, n) => {
        if (frame === undefined) throw new Error(`frame ${n} of the GIF was never painted`)
        return frame
      })
      const movie = { width, height, loop, delays: delays.map(hundredths), frames: coded }
      return assemble({ ...movie, shared: palette ?? new Uint8Array(0) })
    },
  }
}
