// Runs one GIF task in the current thread, reusing working memory between tasks.
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import { createFrameCoder, type FrameCoder } from '../../helpers/gif/frame-coder.ts'
import type { CodedFrame, Quality } from '../../helpers/gif/frame.ts'
import type { Task } from './task.ts'

const coders = new Map<Quality, FrameCoder>()

/** Analyses a frame, or paints one. */
export function runTask(task: Task): CodedFrame | FlatFrame {
  const coder = coderOf(task.quality)
  if (task.kind === 'paint') return coder.paint(task.flat, task.shared)
  const { width, height, holes } = task
  const view = (buffer: SharedArrayBuffer) => new Int32Array(buffer, 0, width * height)
  return coder.look({
    width,
    height,
    holes,
    current: view(task.current),
    previous: task.previous && view(task.previous),
    next: task.next && view(task.next),
  })
}

function coderOf(quality: Quality): FrameCoder {
  const coder = coders.get(quality) ?? createFrameCoder(quality)
  coders.set(quality, coder)
  return coder
}
