// Resolves a request before it becomes a turn: the files it is about and the request it replaces. Also ends a turn that
// a killed program left open.
import type { Event, EventOf } from '../../sessions/event.ts'
import { findLastEvent, nonPrintEventsSince } from '../../sessions/journal/derived.ts'
import { replacementOf } from '../../sessions/journal/effective-events.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { Interruption, type TurnRequest } from '../turn.ts'
import { SessionProblem } from './session-problem.ts'

/** A request as it comes from an interface. */
export interface SessionRequest extends Omit<TurnRequest, 'files'> {
  /** File names; default: those of the replaced request, and the uploads since the last request. */
  readonly files?: readonly string[] | undefined
  /** The number of an `ask` event: it and everything after it is undone first. */
  readonly replaces?: number | undefined
}

/** The request with its file names. Throws SessionProblem "unknown_file". */
export function resolveRequest(
  { events, currentFiles }: Pick<StoredSession, 'events' | 'currentFiles'>,
  { text, files, detail, replaces }: SessionRequest,
): TurnRequest {
  const current = new Set(currentFiles().map(({ name }) => name))
  const unknown = files?.find((name) => !current.has(name))
  if (unknown !== undefined) {
    const message = `The session has no file ${JSON.stringify(unknown.slice(0, 100))}.`
    throw new SessionProblem('unknown_file', message)
  }
  if (files) return { text, files: [...new Set(files)], detail }
  const replaced = replaces === undefined ? undefined : events[replaces]
  const again = replaced?.type === 'ask' ? replaced.files : []
  const since = nonPrintEventsSince(events, (findLastEvent(events, ({ type }) => type === 'ask')?.seq ?? -1) + 1)
  const fresh = since.flatMap(({ event }) => (event.type === 'upload' ? [event.name] : []))
  return { text, files: [...new Set([...again, ...fresh])].filter((name) => current.has(name)), detail }
}

/** The event that replaces the request; undefined without a number. Throws SessionProblem "not_replaceable". */
export function replacedBy(events: readonly Event[], seq: number | undefined): EventOf<'replaced'> | undefined {
  if (seq === undefined) return undefined
  const event = replacementOf(events, seq)
  if (event) return event
  const message = `Event ${seq} is not a current request, so it cannot be replaced.`
  throw new SessionProblem('not_replaceable', message)
}

/** Ends the turn, if there is one, that was interrupted when the program was killed. */
export async function endInterruptedTurn(stored: Pick<StoredSession, 'events' | 'append'>): Promise<void> {
  const last = findLastEvent(stored.events, ({ type }) => type === 'ask' || type === 'end')?.event
  if (last?.type !== 'ask') return
  const { code, message } = new Interruption()
  await stored.append({ type: 'end', status: 'cancelled', code, message })
}
