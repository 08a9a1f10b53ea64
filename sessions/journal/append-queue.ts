// The appends of one session: checked, committed in order, concurrent ones in one transaction, and each event numbered
// and published once it is on the disk. There is no other way to publish an event of the journal.
import type { Event } from '../event.ts'
import { writeLine, type JournalLine } from './event-lines.ts'
import { bytesOfLines, type SessionState } from '../session-state.ts'
import type { NumberedEvent, StoredFile } from '../store.ts'

/** What a store commits atomically. */
export interface CommitEntry {
  /** The number of the first event. */
  readonly first: number
  readonly lines: readonly JournalLine[]
  /** Files that these lines are the first to name. */
  readonly files: readonly StoredFile[]
  readonly activeAt: number
  readonly fileCount: number
  readonly journalBytes: number
}

interface PendingAppend {
  readonly events: readonly Event[]
  readonly lines: readonly JournalLine[]
  resolve(): void
  reject(error: unknown): void
}

/** Returns `append`. It resolves when the events are durable, in `state` and passed to `publish`. */
export function createAppendQueue(
  state: SessionState,
  now: () => number,
  commit: (entry: CommitEntry) => Promise<void>,
  publish: (appended: NumberedEvent) => void,
) {
  let waiting: PendingAppend[] = []
  let draining = false

  const drain = async (): Promise<void> => {
    // Appends of the same tick share a transaction.
    await Promise.resolve()
    while (waiting.length > 0) {
      const asked = waiting
      waiting = []
      const batch = selectValid(state, asked)
      if (batch.length === 0) continue
      try {
        await write(batch)
        for (const one of batch) one.resolve()
      } catch (error) {
        for (const one of batch) one.reject(error)
      }
    }
    draining = false
  }

  const write = async (batch: readonly PendingAppend[]): Promise<void> => {
    const { events, lines } = concatAppends(batch)
    const activeAt = now()
    const first = state.found.events.length
    await commit({
      first,
      lines,
      files: state.newFiles(events),
      activeAt,
      fileCount: state.history.countAfter(events),
      journalBytes: state.journalBytes + bytesOfLines(lines),
    })
    state.take(events, lines)
    state.life = { ...state.life, activeAt }
    for (const [index, event] of events.entries()) publish({ event, seq: first + index })
  }

  return async (events: readonly Event[]): Promise<void> => {
    const lines = events.map(writeLine)
    if (lines.length === 0) return
    await new Promise<void>((resolve, reject) => {
      waiting.push({ events, lines, resolve, reject })
      if (draining) return
      draining = true
      void drain()
    })
  }
}

/** The appends that pass their checks, each together with the accepted ones before it; the others are rejected. */
function selectValid(state: SessionState, asked: readonly PendingAppend[]): readonly PendingAppend[] {
  if (asked.length > 1 && areValid(state, asked)) return asked
  const batch: PendingAppend[] = []
  for (const one of asked) {
    try {
      const { events, lines } = concatAppends([...batch, one])
      state.checkEvents(events, lines)
      batch.push(one)
    } catch (error) {
      one.reject(error)
    }
  }
  return batch
}

function areValid(state: SessionState, batch: readonly PendingAppend[]): boolean {
  const { events, lines } = concatAppends(batch)
  try {
    state.checkEvents(events, lines)
    return true
  } catch {
    return false
  }
}

function concatAppends(batch: readonly PendingAppend[]): Pick<PendingAppend, 'events' | 'lines'> {
  return { events: batch.flatMap((one) => one.events), lines: batch.flatMap((one) => one.lines) }
}
