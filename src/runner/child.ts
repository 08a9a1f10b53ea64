// One child process as the runner sees it: requests go in, checked reports come out, and it can be killed.
import type { ChildProcess } from 'node:child_process'
import { createFrameReader, encodeFrame } from '../../sandbox/frames.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { report, type Report, type Request } from '../../sandbox/protocol.ts'
import { openCpuMeter, type CpuMeter } from '../process-watch/cpu-meter.ts'
import { watchMemory } from '../process-watch/memory-watch.ts'
import { watchTime } from '../process-watch/time-watch.ts'
import { spawnChild } from './walls.ts'

/** How a child died. */
export interface Death {
  /** The last words of its stderr. */
  readonly words: string
  /** Resident bytes at which it was killed for exceeding its limit. */
  readonly overMemory?: number
  /** It was killed for a report that breaks the protocol. */
  readonly broken: boolean
  /** It was killed since it did not become ready in time. */
  readonly late: boolean
}

export interface Child {
  readonly pid: number
  /** The processor time that it and what it started has used. */
  readonly cpu: CpuMeter
  /** Resolves when the child is ready; rejects if it dies before. */
  readonly ready: Promise<void>
  readonly gone: Promise<Death>
  readonly isGone: boolean
  send(request: Request): void
  /** Where reports go; unset, as nothing was asked, any report is a lie and kills the child, as a broken frame does. */
  onReport: ((report: Report) => void) | undefined
  kill(): void
  /** Kills it for lying. */
  killBroken(): void
}

/** Starts the process of a child that works in `scratch`. */
export type Spawn = (scratch: string, limits: Limits) => ChildProcess

/** Starting takes a fifth of a second of processor time. */
const START = { cpuMs: 20_000, wallMs: 60_000 }
const LAST_WORDS = 2000

export interface ChildOptions {
  /** The process wall. */
  readonly spawn?: Spawn
  /** Whether it is to run cells; without, it starts in two thirds of the time, and shows pictures. */
  readonly cells?: boolean
}

/** Spawns a child that works in `scratch`. */
export function startChild(scratch: string, limits: Limits, options: ChildOptions = {}): Child {
  const process = (options.spawn ?? spawnChild)(scratch, limits)
  let [isGone, isStarted, broken, late] = [false, false, false, false]
  let overMemory: number | undefined
  const cpu = openCpuMeter(process.pid)
  const { promise: ready, resolve: isReady, reject: notReady } = Promise.withResolvers<void>()
  const { promise: gone, resolve: isDone } = Promise.withResolvers<Death>()
  ready.catch(() => undefined)

  const kill = (): void => killGroup(process, cpu)
  const killBroken = (): void => {
    broken = true
    kill()
  }
  const unwatch = watchMemory(process.pid ?? 0, limits.rssBytes, (bytes) => {
    overMemory = bytes
    kill()
  })
  const ended = (): void => {
    isGone = true
    unwatch()
    unwatchStart()
    cpu.close()
    notReady(new Error(`The sandbox process did not start. ${words().trim()}`))
    isDone({ words: words(), broken, late, ...(overMemory === undefined ? {} : { overMemory }) })
  }
  const unwatchStart = watchTime(cpu, START, (limit) => {
    late = limit === 'wall'
    kill()
  })
  const child: Child = {
    pid: process.pid ?? 0,
    cpu,
    ready,
    gone,
    get isGone() {
      return isGone
    },
    send: (request) => void process.stdin?.write(encodeFrame(request)),
    onReport: undefined,
    kill: () => (isGone ? undefined : kill()),
    killBroken,
  }
  const take = (said: Report): void => {
    if (broken) return
    if (said.type === 'ready' && !isStarted) {
      isStarted = true
      unwatchStart()
      isReady()
    } else if (said.type !== 'ready' && child.onReport) child.onReport(said)
    else killBroken()
  }

  readReports(process.stdio[3] as NodeJS.ReadableStream | null, take, killBroken)
  const words = lastWordsOf(process)
  process.on('error', ended)
  // What the process wall left beside it (see walls.ts) goes with it.
  process.on('exit', kill)
  process.on('close', ended)
  child.send({ type: 'start', scratch, limits: { ...limits }, cells: options.cells ?? true })
  return child
}

/** The end of what the process writes to stderr. */
function lastWordsOf(process: ChildProcess): () => string {
  let words = ''
  process.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-LAST_WORDS)
  })
  for (const stream of process.stdio) stream?.on('error', () => undefined)
  return () => words
}

/** Kills the child and what the process wall put beside it. */
function killGroup(process: ChildProcess, cpu: CpuMeter): void {
  // For the last time: nobody can ask a process that is gone.
  void cpu.measure()
  try {
    if (process.pid) globalThis.process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill('SIGKILL')
  }
}

/** Hands on each report; `lied` is called, once, for what is none, and nothing is read after it. */
function readReports(stream: NodeJS.ReadableStream | null, take: (said: Report) => void, lied: () => void): void {
  const read = createFrameReader((frame) => take(report.parse(frame)))
  let trusted = true
  stream?.on('data', (chunk: Buffer) => {
    // One chunk a turn of the event loop: a flood of reports makes the child wait, not the other sessions.
    stream.pause()
    setImmediate(() => stream.resume())
    try {
      if (trusted) read(chunk)
    } catch {
      trusted = false
      lied()
    }
  })
}
