// One child process as the runner sees it: requests go in, checked reports come out, and it can be killed.
import type { ChildProcess } from 'node:child_process'
import { createFrameReader, encodeFrame } from '../../sandbox/frames.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { report, type HelperName, type Report, type Request } from '../../sandbox/protocol.ts'
import { joinMeters, openCpuMeter, type CpuMeter } from '../process-watch/cpu-meter.ts'
import { watchTime } from '../process-watch/time-watch.ts'
import { LINKS } from '../process-wall/jail-root.ts'
import { killGroup } from '../process-wall/wall.ts'
import { createChildHelpers } from './child-helpers.ts'
import { watchIdleUse, watchUse, type Overuse, type UseWatch } from './overuse.ts'
import { spawnChild } from './spawn-child.ts'

/** How a child died, and which resource it had used too much of when it was killed. */
export interface Death extends Overuse {
  /** The end of its stderr. */
  readonly words: string
  /** It was killed for a report that breaks the protocol. */
  readonly broken: boolean
  /** It was killed because it did not become ready in time. */
  readonly late: boolean
}

export interface Child {
  readonly pid: number
  /** CPU time of the process and its descendants. */
  readonly cpu: CpuMeter
  /** Resolves when the child is ready; rejects if it dies before. */
  readonly ready: Promise<void>
  readonly gone: Promise<Death>
  readonly isGone: boolean
  /** Whether its system-call filter is active; known once it is ready. */
  isFiltered: boolean
  send(request: Request): void
  /** Receives reports. While it is unset no request is pending: any report kills the child, as a broken frame does. */
  onReport: ((report: Report) => void) | undefined
  kill(): void
  /** Kills it for breaking the protocol. */
  killForViolation(): void
}

/** Starts the process of a child that works in `scratch`; `links`: see `ChildOptions`. */
export type Spawn = (scratch: string, limits: Limits, options: { readonly links: string | undefined }) => ChildProcess

/** Starting takes a fifth of a second of CPU time. */
const START = { cpuMs: 20_000, wallMs: 60_000 }
const MAX_STDERR_TAIL = 2000
/** Bytes of reports per request: more than any cell within its limits sends. White space counts: it costs the same. */
const MAX_REPORT_BYTES = 64_000_000
/** Bytes of stderr from which it is throttled: more than a dying process writes. */
const STDERR_FLOOD_BYTES = 1_000_000
const STDERR_PAUSE_MS = 100

export interface ChildOptions {
  /** The process wall. */
  readonly spawn?: Spawn
  /** Whether it is to run cells; without, it starts in two thirds of the time, and only shows pictures. */
  readonly cells?: boolean
  /** The child is killed unless its system-call filter is active. */
  readonly filtered?: boolean
  /** A folder with links to the session's files, which it may read; only in a jail. */
  readonly links?: string | undefined
}

/** Spawns a child that works in `scratch`. */
export function startChild(scratch: string, limits: Limits, options: ChildOptions = {}): Child {
  const { spawn: begins = spawnChild, filtered, links } = options
  const process = begins(scratch, limits, { links })
  let [isGone, broken, late] = [false, false, false]
  let over: Overuse = {}
  const cpu = joinMeters(openCpuMeter(process.pid))
  const { promise: ready, resolve: isReady, reject: notReady } = Promise.withResolvers<void>()
  const { promise: gone, resolve: isDone } = Promise.withResolvers<Death>()
  ready.catch(() => undefined)

  const kill = (): void => {
    // The last measurement: a process that is gone cannot be measured.
    void cpu.measure()
    killGroup(process)
    helpers.kill()
  }
  const killForViolation = (): void => {
    broken = true
    kill()
  }
  const use = watchUse(process.pid ?? 0, scratch, limits, (found) => {
    if ('isHidden' in found) return killForViolation()
    over = found
    kill()
  })
  const helpers = createChildHelpers(process, { scratch, links, limits, mustFilter: filtered, cpu, use })
  const ended = (): void => {
    isGone = true
    use.stop()
    unwatchStart()
    unwatchRest()
    cpu.close()
    notReady(new Error(`The sandbox process did not start. ${words().trim()}`))
    isDone({ words: words(), broken, late, ...over })
  }
  const unwatchStart = watchTime(cpu, START, (limit) => {
    late = limit === 'wall'
    kill()
  })
  const received: ReportTraffic = { requests: 0, bytes: 0 }
  const asked = (): number | undefined => (child.onReport ? undefined : received.requests)
  const unwatchRest = watchIdleUse(cpu, asked, limits.timeoutMs, kill)
  const child = createChild(process, { cpu, ready, gone, isGone: () => isGone, kill, killForViolation, use, received })
  const begin = ({ isFiltered }: Extract<Report, { type: 'ready' }>): void => {
    if (filtered && !isFiltered) return kill()
    unwatchStart()
    child.isFiltered = isFiltered
    isReady()
  }
  const startHelper = (name: HelperName): boolean => helpers.start(name)
  const take = createReportHandler(child, () => broken, begin, startHelper)
  readReports(process, take, killForViolation, received)
  const words = collectStderrTail(process)
  process.on('error', ended)
  // Also kills what the process wall started beside it (see `wall.ts`).
  process.on('exit', kill)
  process.on('close', ended)
  child.send(startRequest(limits, options))
  return child
}

function startRequest(limits: Limits, { cells = true, links }: ChildOptions): Request {
  return { type: 'start', limits: { ...limits }, cells, ...(links !== undefined && { links: LINKS }) }
}

interface ChildParts extends Pick<Child, 'cpu' | 'ready' | 'gone' | 'killForViolation'> {
  readonly isGone: () => boolean
  readonly kill: () => void
  readonly use: UseWatch
  readonly received: ReportTraffic
}

/** Requests sent to a child, and bytes of reports that it sent since the last one. */
interface ReportTraffic {
  requests: number
  bytes: number
}

/** Empty if the process could not be spawned at all: too many files are open. */
function pipesOf(process: ChildProcess): readonly (ChildProcess['stdio'][number] | undefined)[] {
  const { stdio }: { readonly stdio?: ChildProcess['stdio'] } = process
  return stdio ?? []
}

function createChild(process: ChildProcess, { isGone, kill, use, received, ...parts }: ChildParts): Child {
  return {
    ...parts,
    pid: process.pid ?? 0,
    get isGone() {
      return isGone()
    },
    isFiltered: false,
    send(request) {
      if (request.type === 'run') use.restart()
      received.requests++
      received.bytes = 0
      process.stdin?.write(encodeFrame(request))
    },
    onReport: undefined,
    kill: () => (isGone() ? undefined : kill()),
  }
}

/** The first report must be `ready`, later ones go to `onReport`; after a broken one all are ignored. */
function createReportHandler(
  child: Child,
  isBroken: () => boolean,
  begin: (said: Extract<Report, { type: 'ready' }>) => void,
  startHelper: (name: HelperName) => boolean,
): (said: Report) => void {
  let isStarted = false
  return (said) => {
    if (isBroken()) return
    if (said.type === 'ready' && !isStarted) {
      isStarted = true
      begin(said)
    } else if (said.type === 'helper' && child.onReport) {
      if (!startHelper(said.name)) child.killForViolation()
    } else if (said.type !== 'ready' && child.onReport) child.onReport(said)
    else child.killForViolation()
  }
}

/** The end of the process's stderr. A flood is throttled by pausing the pipe, so that other sessions are not slowed. */
function collectStderrTail(process: ChildProcess): () => string {
  let words = ''
  let received = 0
  process.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-MAX_STDERR_TAIL)
    received += chunk.length
    if (received < STDERR_FLOOD_BYTES) return
    process.stderr?.pause()
    setTimeout(() => process.stderr?.resume(), STDERR_PAUSE_MS).unref()
  })
  for (const stream of pipesOf(process)) stream?.on('error', () => undefined)
  return () => words
}

/** Passes on each report; calls `onInvalid` for an invalid one, and parses nothing after it. */
function readReports(
  process: ChildProcess,
  take: (said: Report) => void,
  onInvalid: () => void,
  received: ReportTraffic,
): void {
  const stream = pipesOf(process)[3] as NodeJS.ReadableStream | null | undefined
  const read = createFrameReader((frame) => take(report.parse(frame)))
  let trusted = true
  stream?.on('data', (chunk: Buffer) => {
    // One chunk per turn of the event loop: a flood of reports makes the child wait, not the other sessions.
    stream.pause()
    setImmediate(() => stream.resume())
    try {
      received.bytes += chunk.length
      if (received.bytes > MAX_REPORT_BYTES) throw new Error('It says more than there is to say.')
      if (trusted) read(chunk)
    } catch {
      trusted = false
      onInvalid()
    }
  })
}
