// Entry point of a worker thread: one task in, one reply out.
import { parentPort } from 'node:worker_threads'
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import type { CodedFrame } from '../../helpers/gif/frame.ts'
import { runTask } from './run-task.ts'
import type { Reply, Task } from './task.ts'

parentPort?.on('message', (task: Task) => {
  const reply = answer(task)
  const buffers = reply.ok ? buffersOf(reply.found) : []
  parentPort?.postMessage(reply, buffers)
})

function answer(task: Task): Reply {
  try {
    return { ok: true, found: runTask(task) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, name, message }
  }
}

function buffersOf(found: CodedFrame | FlatFrame): ArrayBuffer[] {
  const arrays = found.kind === 'coded' ? [found.data] : [found.colours, found.weights, found.runs]
  return arrays.map((array) => array.buffer as ArrayBuffer)
}
