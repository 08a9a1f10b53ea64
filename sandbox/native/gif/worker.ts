// A worker thread's entry: one task in, one reply out, with working memory kept between tasks.
import { parentPort } from 'node:worker_threads'
import type { FlatFrame } from '../../guest/easel/gif/flat.ts'
import { createFrameCoder, type FrameCoder } from '../../guest/easel/gif/frame-coder.ts'
import type { CodedFrame, Quality } from '../../guest/easel/gif/frame.ts'
import type { Reply, Task } from './task.ts'

const coders = new Map<Quality, FrameCoder>()

parentPort?.on('message', (task: Task) => {
  const reply = answer(task)
  const buffers = reply.ok ? buffersOf(reply.found) : []
  parentPort?.postMessage(reply, buffers)
})

function answer(task: Task): Reply {
  try {
    return { ok: true, found: perform(task) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, name, message }
  }
}

function perform(task: Task): CodedFrame | FlatFrame {
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

function buffersOf(found: CodedFrame | FlatFrame): ArrayBuffer[] {
  const arrays = found.kind === 'coded' ? [found.data] : [found.colours, found.weights, found.runs]
  return arrays.map((array) => array.buffer as ArrayBuffer)
}
