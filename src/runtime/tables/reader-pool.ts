// Processes that hold something in memory for a session, at most a few at once: a request runs in its session's process,
// one at a time, and the process that has been idle longest makes space for another session.

export interface ReaderPool<P> {
  /**
   * Runs the job in the session's process; undefined if there is no process for it, as all are at work for others, or if
   * too many jobs of the session are waiting. Rejects with the signal's reason if that aborts before the job's turn.
   */
  run<T>(at: SessionOf, job: (process: P) => Promise<T>, signal: AbortSignal): Promise<T | undefined>
  /** Ends the process of a session. */
  forget(session: string): Promise<void>
  close(): Promise<void>
}

interface SessionOf {
  readonly session: string
  readonly owner: string
}

/** Processes at the same time. */
const MAX_PROCESSES = 3
/** Jobs of one session that wait or run. */
const MAX_WAITING = 12

interface Member<P> extends SessionOf {
  readonly process: Promise<P>
  /** Settles when the last job so far is done. */
  last: Promise<unknown>
  jobs: number
  usedAt: number
  timer: NodeJS.Timeout | undefined
}

/** `open` starts a process; an idle one is kept for `idleMs`, unless others need its place. */
export function createReaderPool<P extends Closable>(open: () => Promise<P>, idleMs: number): ReaderPool<P> {
  const members = createMembers(open)
  let uses = 0
  return {
    async run(at, job, signal) {
      signal.throwIfAborted()
      const member = members.memberFor(at)
      if (!member || member.jobs >= MAX_WAITING) return undefined
      member.jobs++
      member.usedAt = ++uses
      clearTimeout(member.timer)
      const turn = member.last
        .catch(() => undefined)
        .then(async () => {
          // An outdated request costs nothing.
          signal.throwIfAborted()
          return job(await member.process)
        })
      member.last = turn
      try {
        return await turn
      } catch (error) {
        // A process that did not start does not serve the next request either.
        await member.process.catch(() => members.end(member))
        throw error
      } finally {
        if (--member.jobs === 0) member.timer = setTimeout(() => void members.end(member), idleMs).unref()
      }
    },
    async forget(session) {
      const member = members.find(session)
      if (member) await members.end(member)
    },
    close: () => members.close(),
  }
}

interface Closable {
  close(): Promise<void>
}

/** The processes, by session. */
function createMembers<P extends Closable>(open: () => Promise<P>) {
  const members = new Map<string, Member<P>>()
  const ending = new Set<Promise<void>>()
  let isClosed = false

  const end = (member: Member<P>): Promise<void> => {
    clearTimeout(member.timer)
    if (members.get(member.session) === member) members.delete(member.session)
    const over: Promise<void> = member.process
      .then((process) => process.close())
      .catch(() => undefined)
      .finally(() => ending.delete(over))
    ending.add(over)
    return over
  }
  return {
    find: (session: string): Member<P> | undefined => members.get(session),
    end,
    /** The session's process, started if there is space for it. */
    memberFor({ session, owner }: SessionOf): Member<P> | undefined {
      const known = members.get(session)
      if (known || isClosed) return known
      if (members.size >= MAX_PROCESSES) {
        const idle = findIdle([...members.values()], owner)
        if (!idle) return undefined
        void end(idle)
      }
      const process = open()
      // Whoever runs a job sees the failure.
      process.catch(() => undefined)
      const member: Member<P> = { session, owner, process, last: process, jobs: 0, usedAt: 0, timer: undefined }
      members.set(session, member)
      return member
    },
    async close(): Promise<void> {
      isClosed = true
      for (const member of members.values()) void end(member)
      await Promise.all(ending)
    },
  }
}

/** The process to end for another session's sake: one of the same owner, else the one that was used longest ago. */
function findIdle<P>(members: readonly Member<P>[], owner: string): Member<P> | undefined {
  const idle = members.filter(({ jobs }) => jobs === 0).toSorted((a, b) => a.usedAt - b.usedAt)
  return idle.find((member) => member.owner === owner) ?? idle[0]
}
