// Worker threads that outlive a single GIF: started on demand, idle between tasks, replaced when they die.
import type { Worker } from 'node:worker_threads'
import type { CodedFrame } from '../../helpers/gif/frame.ts'
import { startThread } from '../../child/confinement/threads.ts'
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import { runTask } from './run-task.ts'
import type { Reply, Task } from './task.ts'

export interface WorkerPool {
  readonly size: number
  /** Starts all threads, so that they are ready when work comes. */
  startAll(): void
  /** Rejects with the worker's error. */
  run(task: Task): Promise<CodedFrame | FlatFrame>
}

interface Job {
  readonly task: Task
  resolve(found: CodedFrame | FlatFrame): void
  reject(error: Error): void
}

interface PooledWorker {
  readonly worker: Worker
  job: Job | undefined
}

/** A pool of at most `size` threads that run the module at `url`; idle threads do not keep the process alive. */
export function createWorkerPool(size: number, url: URL): WorkerPool {
  const { permission } = process as { permission?: NodeJS.ProcessPermission }
  if (permission && !permission.has('worker')) return createInlinePool()
  const workers = new Set<PooledWorker>()
  const queue: Job[] = []

  const assignNextJob = (member: PooledWorker) => {
    member.job = queue.shift()
    if (member.job === undefined) return member.worker.unref()
    member.worker.ref()
    member.worker.postMessage(member.job.task)
  }
  const removeWorker = (member: PooledWorker, error: Error) => {
    if (!workers.delete(member)) return
    member.job?.reject(error)
    if (queue.length > 0) assignNextJob(startWorker())
  }
  const startWorker = (): PooledWorker => {
    // No environment and no arguments: the encoder needs neither.
    const member: PooledWorker = { worker: startThread(url), job: undefined }
    member.worker.unref()
    workers.add(member)
    member.worker.on('message', (reply: Reply) => {
      const { job } = member
      assignNextJob(member)
      if (reply.ok) job?.resolve(reply.found)
      else job?.reject(Object.assign(new Error(reply.message), { name: reply.name }))
    })
    member.worker.on('error', (error) =>
      removeWorker(member, error instanceof Error ? error : new Error(String(error))),
    )
    member.worker.on('exit', (code) => removeWorker(member, new Error(`a GIF worker thread ended with code ${code}`)))
    return member
  }
  return {
    size,
    startAll() {
      while (workers.size < size) startWorker()
    },
    run: (task) =>
      new Promise((resolve, reject) => {
        queue.push({ task, resolve, reject })
        const idle = [...workers].find((member) => member.job === undefined)
        if (idle) assignNextJob(idle)
        else if (workers.size < size) assignNextJob(startWorker())
      }),
  }
}

/** Runs tasks one by one on this thread, where threads are forbidden because one could give itself every permission. */
function createInlinePool(): WorkerPool {
  let last: Promise<unknown> = Promise.resolve()
  return {
    size: 1,
    startAll: () => undefined,
    run(task) {
      const done = last.then(() => runTask(task))
      // Yields to the event loop between tasks.
      last = done.then(yieldToEventLoop, yieldToEventLoop)
      return done
    },
  }
}

function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
