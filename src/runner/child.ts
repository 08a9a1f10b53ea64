// One child process as the runner sees it: requests go in, checked reports come out, and it can be killed.
import { createFrameReader, encodeFrame } from '../../sandbox/frames.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { report, type Report, type Request } from '../../sandbox/protocol.ts'
import { spawnChild } from './walls.ts'

export interface Child {
  readonly pid: number
  /** Resolves when the child is ready; rejects if it dies before. */
  readonly ready: Promise<void>
  /** Resolves with the last words of its stderr when it is gone. */
  readonly gone: Promise<string>
  readonly isGone: boolean
  send(request: Request): void
  /** Where reports go; a broken frame kills the child. */
  onReport: (report: Report) => void
  kill(): void
}

const READY_MS = 20_000
const LAST_WORDS = 2000

/** Spawns a child that works in `scratch`. */
export function startChild(scratch: string, limits: Limits): Child {
  const process = spawnChild(scratch, limits)
  let words = ''
  let isGone = false
  const { promise: ready, resolve: isReady, reject: notReady } = Promise.withResolvers<void>()
  const { promise: gone, resolve: isDone } = Promise.withResolvers<string>()
  ready.catch(() => undefined)

  const kill = (): void => {
    if (isGone) return
    try {
      if (process.pid) globalThis.process.kill(-process.pid, 'SIGKILL')
    } catch {
      process.kill('SIGKILL')
    }
  }
  const ended = (): void => {
    isGone = true
    clearTimeout(timer)
    notReady(new Error(`The sandbox process did not start. ${words.trim()}`))
    isDone(words)
  }
  const timer = setTimeout(kill, READY_MS)
  const child: Child = {
    pid: process.pid ?? 0,
    ready,
    gone,
    get isGone() {
      return isGone
    },
    send: (request) => void process.stdin?.write(encodeFrame(request)),
    onReport: () => undefined,
    kill,
  }
  const read = createFrameReader((frame) => {
    const parsed = report.safeParse(frame)
    if (!parsed.success) return kill()
    if (parsed.data.type === 'ready') {
      clearTimeout(timer)
      isReady()
    } else child.onReport(parsed.data)
  })

  process.stdio[3]?.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch {
      kill()
    }
  })
  process.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-LAST_WORDS)
  })
  for (const stream of process.stdio) stream?.on('error', () => undefined)
  process.on('error', ended)
  process.on('close', ended)
  child.send({ type: 'start', scratch, limits: { ...limits } })
  return child
}
