// Worker threads that outlive a single GIF: started on demand, idle between tasks, replaced when they die.
import type { Worker } from 'node:worker_threads'
import type { CodedFrame } from '../../helpers/gif/frame.ts'
import { startThread } from '../../child/confinement/threads.ts'
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import { perform } from './run-task.ts'
import type { Reply, Task } from './task.ts'

export interface WorkerPool {
  readonly size: number
  /** Starts all threads, so that they are ready when work comes. */
  wake(): void
  /** Rejects with the worker's error. */
  run(task: Task): Promise<CodedFrame | FlatFrame>
}

interface Job {
  readonly task: Task
  resolve(found: CodedFrame | FlatFrame): void
  reject(error: Error): void
}

interface Member {
  readonly worker: Worker
  job: Job | undefined
}

/** A pool of at most `size` threads that run the module at `url`; idle threads do not keep the process alive. */
export function createWorkerPool(size: number, url: URL): WorkerPool {
  const { permission } = process as { permission?: NodeJS.ProcessPermission }
  if (permission && !permission.has('worker')) return createLoneTeam()
  const members = new Set<Member>()
  const queue: Job[] = []

  const hand = (member: Member) => {
    member.job = queue.shift()
    if (member.job === undefined) return member.worker.unref()
    member.worker.ref()
    member.worker.postMessage(member.job.task)
  }
  const lose = (member: Member, error: Error) => {
    if (!members.delete(member)) return
    member.job?.reject(error)
    if (queue.length > 0) hand(recruit())
  }
  const recruit = (): Member => {
    // No environment and no arguments: the encoder needs neither.
    const member: Member = { worker: startThread(url), job: undefined }
    member.worker.unref()
    members.add(member)
    member.worker.on('message', (reply: Reply) => {
      const { job } = member
      hand(member)
      if (reply.ok) job?.resolve(reply.found)
      else job?.reject(Object.assign(new Error(reply.message), { name: reply.name }))
    })
    member.worker.on('error', (error) => lose(member, error instanceof Error ? error : new Error(String(error))))
    member.worker.on('exit', (code) => lose(member, new Error(`a GIF worker thread ended with code ${code}`)))
    return member
  }
  return {
    size,
    wake() {
      while (members.size < size) recruit()
    },
    run: (task) =>
      new Promise((resolve, reject) => {
        queue.push({ task, resolve, reject })
        const idle = [...members].find((member) => member.job === undefined)
        if (idle) hand(idle)
        else if (members.size < size) hand(recruit())
      }),
  }
}

/** Runs tasks one by one on this thread, where threads are forbidden because one could give itself every permission. */
function createLoneTeam(): WorkerPool {
  let last: Promise<unknown> = Promise.resolve()
  return {
    size: 1,
    wake: () => undefined,
    run(task) {
      const done = last.then(() => perform(task))
      // Yields to the event loop between tasks.
      last = done.then(nextTurn, nextTurn)
      return done
    },
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
