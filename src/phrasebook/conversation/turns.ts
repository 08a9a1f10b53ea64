// The turns of a conversation, folded incrementally and cached by journal, so that a new message costs only the events
// since the last one. For an uncached journal, earlier requests are read again: the journal is the only memory.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Event, EventOf } from '../../../sessions/event.ts'
import { createCachedReducer, nonPrintEvents } from '../../../sessions/journal/derived.ts'
import { createFetchedNames, type FetchedNames } from '../names/fetched-names.ts'
import type { Refusal, Request } from '../jobs/job.ts'
import { createConversationTracker, type ConversationState, type ConversationTracker } from './conversation-state.ts'
import { prepareVocabulary } from '../names/vocabulary.ts'

/** The last turn of a journal: the request, the state at that time, the events since. */
export interface Turn {
  readonly ask: EventOf<'ask'>
  readonly situation: ConversationState
  readonly events: readonly Event[]
}

type Understand = (text: string, situation: ConversationState) => Request | Refusal

/** A request; `events` are those since, without prints. */
interface RequestEvents {
  readonly ask: EventOf<'ask'>
  readonly seq: number
  readonly number: number
  readonly events: Event[]
}

interface Fold {
  readonly stand: ConversationTracker
  readonly names: FetchedNames
  /** Number of marks processed. */
  seen: number
  turn: RequestEvents | undefined
  /** Events before the first request. */
  readonly before: Event[]
  turns: number
}

/** Of an uncached journal, only so many of the latest requests are read again; files of older ones are still known. */
const MAX_UNDERSTOOD = 200
const SLICE_MS = 5
const folds = new WeakMap<readonly Event[], Fold>()

/** The last turn; undefined if there is no request. Yields to the event loop while it reads. */
export async function lastTurn(journal: readonly Event[], understand: Understand): Promise<Turn | undefined> {
  const fold = folds.get(journal) ?? newFold()
  folds.set(journal, fold)
  const asks = asksOf(journal).count
  let until = performance.now() + SLICE_MS
  const pause = async (): Promise<void> => {
    if (performance.now() < until) return
    await breathe()
    until = performance.now() + SLICE_MS
  }
  const prepare = async (situation: ConversationState): Promise<void> => {
    const steps = prepareVocabulary(situation.files)
    while (!steps.next().done) await pause()
  }
  for (;;) {
    const closing = advance(fold, journal)
    if (!closing) break
    const isUnderstood = asks - closing.number <= MAX_UNDERSTOOD
    if (isUnderstood && isDone(closing.events)) await prepare(fold.stand.at(closing.ask, closing.events))
    if (fold.turn === closing) close(fold, isUnderstood ? understand : undefined)
    await pause()
  }
  const { turn } = fold
  if (!turn) return undefined
  const situation = fold.stand.at(turn.ask, turn.events)
  await prepare(situation)
  await pause()
  return { ask: turn.ask, situation, events: journal.slice(turn.seq + 1) }
}

const asksOf = createCachedReducer(
  () => ({ count: 0 }),
  (asks, { event }) => {
    if (event.type === 'ask') asks.count++
  },
)

function newFold(): Fold {
  return {
    stand: createConversationTracker(),
    names: createFetchedNames(),
    seen: 0,
    turn: undefined,
    before: [],
    turns: 0,
  }
}

/** Processes events up to the next request; returns the turn that this ends, which the caller must close first. */
function advance(fold: Fold, journal: readonly Event[]): RequestEvents | undefined {
  const marks = nonPrintEvents(journal)
  for (; fold.seen < marks.length; fold.seen++) {
    const { event, seq } = marks[fold.seen]!
    if (event.type !== 'ask') {
      if (event.type === 'upload') fold.names.take(event)
      const events = fold.turn?.events ?? fold.before
      events.push(event)
    } else if (fold.turn) return fold.turn
    else {
      if (fold.turns === 0) fold.stand.take(fold.before, undefined)
      fold.turn = { ask: fold.names.named(event), seq, number: fold.turns++, events: [] }
    }
  }
  return undefined
}

function close(fold: Fold, understand: Understand | undefined): void {
  const { turn, stand } = fold
  fold.turn = undefined
  if (!turn) return
  const { ask, events } = turn
  const here = stand.at(ask, events)
  const request = understand && isDone(events) ? understand(ask.text, here) : undefined
  stand.take(events, request && 'jobs' in request ? request : undefined, here)
}

function isDone(events: readonly Event[]): boolean {
  return events.some((event) => (event.type === 'result' || event.type === 'drawn') && event.status === 'ok')
}
