// A cell's printed output on its way to the parent: joined into few frames, cut at the limit with a notice.
import type { Report } from '../protocol.ts'

type Stream = 'stdout' | 'stderr' | 'value'

export interface Output {
  /** False once the cell's limit is reached: the guest stops sending. */
  print(stream: Stream, text: string): boolean
  flush(): void
  start(cell: number): void
}

const FLUSH_LENGTH = 8192
const MAX_FRAME_LENGTH = 60_000
const DELAY_MS = 15
/** Prints that alternate between streams cannot be joined; after this many frames the output is cut. */
const MAX_FRAMES = 20_000

/** Joins prints for up to 15 ms or 8 kB; `limit` counts the UTF-16 units of one cell's output. */
export function createOutput(limit: number, send: (report: Report) => void): Output {
  let cell = 0
  let total = 0
  let frames = 0
  let stream: Stream = 'stdout'
  let text = ''
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    for (let at = 0; at < text.length; at += MAX_FRAME_LENGTH) {
      frames++
      send({ type: 'print', cell, stream, text: text.slice(at, at + MAX_FRAME_LENGTH) })
    }
    text = ''
  }

  return {
    start(number) {
      cell = number
      total = 0
      frames = 0
    },
    print(to, added) {
      if (total >= limit) return false
      if (to !== stream) flush()
      stream = to
      const kept = added.slice(0, limit - total)
      text += kept
      total += added.length
      if (frames > MAX_FRAMES) total = limit
      if (total >= limit) {
        flush()
        stream = 'stderr'
        text = `\n[output cut: the limit of one cell is ${limit.toLocaleString('en-US')} characters]\n`
        flush()
        return false
      }
      if (text.length > FLUSH_LENGTH) flush()
      else timer ??= setTimeout(flush, DELAY_MS)
      return true
    },
    flush,
  }
}
