// Schedules thumbnail processes: a few sessions at once, each in a process of its own that holds no other session's
// files. The rest wait in a queue that is fair between owners, however many sessions one owner has.
import type { Sandbox } from '../../runner/sandbox.ts'

/** A process that makes thumbnails. */
export type ThumbnailProcess = Pick<Sandbox, 'placeFile' | 'show' | 'removeFile' | 'close'>

interface Job {
  /** Makes the thumbnail and delivers it; never rejects. */
  readonly run: (maker: Promise<ThumbnailProcess>) => Promise<void>
  /** Called when the thumbnail will not be made. */
  readonly giveUp: () => void
}

export interface ThumbnailScheduler {
  /** False if too many jobs of the session are waiting. */
  add(session: string, owner: string, job: Job): boolean
  close(): Promise<void>
}

/** Processes at the same time. */
const MAX_SERVED = 2
/** Waiting jobs of one session; more than it can have files. */
const MAX_WAITING = 300
/** Jobs of one session in a row while another session waits. */
const MAX_JOBS_IN_ROW = 12

/** The waiting jobs of one session. */
interface SessionQueue {
  readonly session: string
  readonly owner: string
  readonly jobs: Job[]
  isServed: boolean
  /** Wakes the process that serves this session. */
  wake: () => void
}

/** `open` starts a process; an idle one is kept for `idleMs`, unless other sessions wait. */
export function createThumbnailScheduler(
  open: (session: string) => Promise<ThumbnailProcess>,
  idleMs: number,
): ThumbnailScheduler {
  /** By session, in order of arrival. */
  const lines = new Map<string, SessionQueue>()
  const serving = new Set<Promise<void>>()
  const closers = new Set<() => Promise<void>>()
  const turns = createTurns()
  let isClosed = false

  const waiting = (): SessionQueue | undefined => (isClosed ? undefined : turns.next([...lines.values()]))
  const begin = (): void => {
    for (let next = waiting(); next; next = waiting()) {
      // A process that only waits for more jobs is woken, so that it ends.
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
  const isOver = (line: SessionQueue, done: number): boolean =>
    isClosed || shouldYield(line, waiting(), done, servedOf([...lines.values()], line.owner) === MAX_SERVED)
  const serve = async (line: SessionQueue): Promise<void> => {
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
    // Requeue behind the others.
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
      // Closing a process ends the job in it.
      await Promise.all([...closers].map((end) => end()))
      await Promise.all(serving)
    },
  }
}

/** Whether `next` is served now, after `done` jobs of this line; `hasAll`: its owner occupies all processes. */
function shouldYield(line: SessionQueue, next: SessionQueue | undefined, done: number, hasAll: boolean): boolean {
  if (next === undefined) return false
  // An owner that occupies all processes gives one up as soon as another owner waits.
  const most = hasAll && next.owner !== line.owner ? 1 : MAX_JOBS_IN_ROW
  return line.jobs.length === 0 || done >= most
}

/** Owners whose last turn is remembered. */
const MAX_KNOWN = 10_000

/** Picks the owner with the fewest processes; ties go to the one served longest ago. */
function createTurns() {
  const last = new Map<string, number>()
  let turn = 0
  const order = ({ owner }: SessionQueue): number => last.get(owner) ?? 0
  return {
    take(owner: string): void {
      if (last.size >= MAX_KNOWN) last.clear()
      last.set(owner, ++turn)
    },
    next(lines: readonly SessionQueue[]): SessionQueue | undefined {
      const waiting = lines.filter(({ jobs, isServed }) => jobs.length > 0 && !isServed)
      const served = ({ owner }: SessionQueue): number => servedOf(lines, owner)
      return waiting.toSorted((a, b) => served(a) - served(b) || order(a) - order(b))[0]
    },
  }
}

function servedOf(lines: readonly SessionQueue[], owner: string): number {
  return lines.filter((line) => line.isServed && line.owner === owner).length
}

const nothing = (): void => undefined

/** False if no job came within `ms`; also true when woken because other sessions wait. */
async function hasMore(line: SessionQueue, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, ms, false).unref()
  line.wake = () => resolve(true)
  const more = await promise
  clearTimeout(timer)
  line.wake = nothing
  return more
}
