// Who makes thumbnails when: a few sessions are served at once, each by a process of its own that holds no other session's
// files, the others in turn, owner by owner, so that none waits for all of another's, however many sessions that one has.
import type { Sandbox } from '../../runner/sandbox.ts'

/** What a process that makes thumbnails is used for. */
export type Maker = Pick<Sandbox, 'place' | 'show' | 'take' | 'close'>

interface Job {
  /** Makes it and hands it on; never rejects. */
  readonly run: (maker: Promise<Maker>) => Promise<void>
  /** It will not be made. */
  readonly giveUp: () => void
}

export interface Lines {
  /** False where too many of the session wait already. */
  add(session: string, owner: string, job: Job): boolean
  close(): Promise<void>
}

/** Processes at once. */
const MAX_SERVED = 2
/** Waiting for one session; more than it can have files. */
const MAX_WAITING = 300
/** After so many it is another session's turn, if one waits. */
const TURN = 12

/** What one session waits for. */
interface Line {
  readonly session: string
  readonly owner: string
  readonly jobs: Job[]
  isServed: boolean
  /** Wakes who serves it. */
  wake: () => void
}

/** `open` starts a process; one that has nothing to do is kept for `idleMs`, unless others wait. */
export function createLines(open: (session: string) => Promise<Maker>, idleMs: number): Lines {
  /** In the order in which they came. */
  const lines = new Map<string, Line>()
  const serving = new Set<Promise<void>>()
  const closers = new Set<() => Promise<void>>()
  const turns = createTurns()
  let isClosed = false

  const waiting = (): Line | undefined => (isClosed ? undefined : turns.next([...lines.values()]))
  const begin = (): void => {
    for (let next = waiting(); next; next = waiting()) {
      // Who only waits for more makes room.
      if (serving.size >= MAX_SERVED) return [...lines.values()].forEach(({ wake }) => wake())
      next.isServed = true
      turns.take(next.owner)
      const served: Promise<void> = serve(next).finally(() => {
        serving.delete(served)
        begin()
      })
      serving.add(served)
    }
  }
  const isOver = (line: Line, done: number): boolean =>
    isClosed || givesWay(line, waiting(), done, servedOf([...lines.values()], line.owner) === MAX_SERVED)
  const serve = async (line: Line): Promise<void> => {
    const maker = open(line.session)
    const close = (): Promise<void> => maker.then((at) => at.close()).catch(nothing)
    closers.add(close)
    for (let done = 0; !isOver(line, done); done++) {
      const job = line.jobs.shift()
      if (job) await job.run(maker)
      else if (!(await hasMore(line, idleMs))) break
    }
    await close()
    closers.delete(close)
    line.isServed = false
    // The others come first now.
    lines.delete(line.session)
    if (line.jobs.length > 0) lines.set(line.session, line)
  }
  return {
    add(session, owner, job) {
      const line = lines.get(session) ?? { session, owner, jobs: [], isServed: false, wake: nothing }
      if (isClosed || line.jobs.length >= MAX_WAITING) return false
      lines.set(session, line)
      line.jobs.push(job)
      line.wake()
      begin()
      return true
    },
    async close() {
      isClosed = true
      for (const { jobs, wake } of lines.values()) {
        for (const { giveUp } of jobs.splice(0)) giveUp()
        wake()
      }
      // What is just being made ends with its process.
      await Promise.all([...closers].map((end) => end()))
      await Promise.all(serving)
    },
  }
}

/** Whether `next` comes before more of this line, of which so many are done; `hasAll`: its owner is served by all processes. */
function givesWay(line: Line, next: Line | undefined, done: number, hasAll: boolean): boolean {
  if (next === undefined) return false
  // Then one is given up as soon as somebody else comes.
  const most = hasAll && next.owner !== line.owner ? 1 : TURN
  return line.jobs.length === 0 || done >= most
}

/** Owners whose turns are remembered. */
const MAX_KNOWN = 10_000

/** Whose turn it is: who is served least, of those whose turn is longest ago. */
function createTurns() {
  const last = new Map<string, number>()
  let turn = 0
  const order = ({ owner }: Line): number => last.get(owner) ?? 0
  return {
    take(owner: string): void {
      if (last.size >= MAX_KNOWN) last.clear()
      last.set(owner, ++turn)
    },
    next(lines: readonly Line[]): Line | undefined {
      const waiting = lines.filter(({ jobs, isServed }) => jobs.length > 0 && !isServed)
      const served = ({ owner }: Line): number => servedOf(lines, owner)
      return waiting.toSorted((a, b) => served(a) - served(b) || order(a) - order(b))[0]
    },
  }
}

function servedOf(lines: readonly Line[], owner: string): number {
  return lines.filter((line) => line.isServed && line.owner === owner).length
}

const nothing = (): void => undefined

/** False when nothing more came in time; true also where others wait. */
async function hasMore(line: Line, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, ms, false).unref()
  line.wake = () => resolve(true)
  const more = await promise
  clearTimeout(timer)
  line.wake = nothing
  return more
}
