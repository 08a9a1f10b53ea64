// A sandbox process imitated in this one: it answers each request as the test says, or not at all.
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { createFrameReader, encodeFrame } from '../../sandbox/frames.ts'
import type { Report, Request } from '../../sandbox/protocol.ts'
import type { Spawn } from '../../src/runner/child.ts'

/** Reports to answer with; 'die' ends the process, after its last output if there is any. */
export type Answer = readonly Report[] | { readonly die: string }

/** Spawns processes that answer like this; `process` counts them from 1. They never use processor time. */
export function imitate(answer: (request: Request, process: number) => Answer): Spawn {
  let count = 0
  return () => {
    const number = ++count
    let isDead = false
    const [stdin, stderr, reports] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const child = Object.assign(new EventEmitter(), {
      // No process has this id, so killing its group fails and falls back to `kill`.
      pid: 2 ** 30,
      stdin,
      stderr,
      stdio: [stdin, null, stderr, reports],
      kill() {
        if (isDead) return false
        isDead = true
        child.emit('exit', null, 'SIGKILL')
        child.emit('close', null, 'SIGKILL')
        return true
      },
    })
    const read = createFrameReader((frame) => {
      const said = answer(frame as Request, number)
      if ('die' in said) {
        stderr.write(said.die)
        setImmediate(() => child.kill())
      } else for (const report of said) reports.write(encodeFrame(report))
    })
    stdin.on('data', read)
    return child as unknown as ChildProcess
  }
}
