// Requests that were taken back: the journal without them, and the event that takes one back.
import { createCachedReducer, nonPrintEvents, type NonPrintEvent } from './derived.ts'
import type { Event, EventOf } from '../event.ts'

/**
 * The journal as if the replaced requests had never been made: for reading it as a conversation and for running its
 * cells again. What the user uploaded or removed stays; versions in `undo` count those that stay. Returns the same
 * growing array until another request is replaced.
 */
export function effectiveEvents(events: readonly Event[]): readonly Event[] {
  const { last, count } = replacementsOf(events)
  if (last === undefined) return events
  const at = known.get(events)
  if (at?.count === count) return extendCached(events, at)
  const made = withoutReplaced(events)
  known.set(events, { ...made, count, seen: events.length })
  return made.left
}

/**
 * The event that takes back request number `seq` and all that follows; undefined if there is no effective `ask` at
 * `seq`. Files revert to how they were before it, except for what the user uploaded or removed since.
 */
export function replacementOf(events: readonly Event[], seq: number): EventOf<'replaced'> | undefined {
  const ask = events[seq]
  if (ask?.type !== 'ask' || rangesOf(events).some(([from, to]) => seq >= from && seq <= to)) return undefined
  const [now, then] = [versionsAfter(events, events.length), versionsAfter(events, seq)]
  const names = [...now.keys()].filter((name) => now.get(name) !== (then.get(name) ?? 0))
  return { type: 'replaced', seq, files: names.map((name) => ({ name, version: then.get(name) ?? 0 })) }
}

const replacementsOf = createCachedReducer(
  (): { last: number | undefined; count: number } => ({ last: undefined, count: 0 }),
  (state, { event, seq }) => {
    if (event.type !== 'replaced') return
    state.last = seq
    state.count++
  },
)

interface EffectiveJournal {
  readonly left: Event[]
  /** For each name, which of its versions are left. */
  readonly versions: Map<string, boolean[]>
}

const known = new WeakMap<readonly Event[], EffectiveJournal & { readonly count: number; seen: number }>()

/** Brings the cached array up to date while no further request was replaced. */
function extendCached(events: readonly Event[], at: EffectiveJournal & { seen: number }): readonly Event[] {
  for (; at.seen < events.length; at.seen++) at.left.push(renumberUndo(events[at.seen]!, true, at.versions))
  return at.left
}

/** Ranges of events taken back: from the `ask` to the `replaced` event, both inclusive. They do not overlap. */
function rangesOf(events: readonly Event[]): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = []
  for (const { event, seq } of nonPrintEvents(events)) {
    if (event.type !== 'replaced') continue
    let from = event.seq
    while ((ranges.at(-1)?.[1] ?? -1) >= from) from = Math.min(from, ranges.pop()![0])
    ranges.push([from, seq])
  }
  return ranges
}

function withoutReplaced(events: readonly Event[]): EffectiveJournal {
  const ranges = rangesOf(events)
  const versions: EffectiveJournal['versions'] = new Map()
  const left: Event[] = []
  const marks = nonPrintEvents(events)
  let mark = 0
  let seq = 0
  for (const [from, to] of [...ranges, [events.length, events.length] as const]) {
    for (; seq < from; seq++) left.push(events[seq]!)
    const first = left.length - from
    for (; mark < marks.length && marks[mark]!.seq < from; mark++) {
      const { event, seq: place } = marks[mark]!
      left[first + place] = renumberUndo(event, true, versions)
    }
    for (; mark < marks.length && marks[mark]!.seq <= to; mark++) {
      const isKept = isUserAction(marks[mark]!)
      const event = renumberUndo(marks[mark]!.event, isKept, versions)
      if (isKept) left.push(event)
    }
    seq = to + 1
  }
  return { left, versions }
}

/** The event; in an undo, the version is renumbered among those that are left. */
function renumberUndo(event: Event, isKept: boolean, versions: EffectiveJournal['versions']): Event {
  if (event.type === 'upload' || event.type === 'file') {
    const list = versions.get(event.name) ?? []
    versions.set(event.name, list)
    list.push(isKept)
  }
  if (event.type !== 'undo') return event
  const version = (versions.get(event.name) ?? []).slice(0, event.version).filter(Boolean).length
  return version === event.version ? event : { ...event, version }
}

/** The user's own action and no outcome of the request: it stays when the request goes. */
function isUserAction({ event }: NonPrintEvent): boolean {
  return event.type === 'upload' || (event.type === 'removed' && event.cell === 0)
}

/** The current version of each name, 0 for none, as if from number `until` on only the user had done anything. */
function versionsAfter(events: readonly Event[], until: number): Map<string, number> {
  const made = new Map<string, number>()
  const current = new Map<string, number>()
  for (const mark of nonPrintEvents(events)) {
    const { event } = mark
    const counts = mark.seq < until || isUserAction(mark)
    if (event.type === 'upload' || event.type === 'file') {
      const version = (made.get(event.name) ?? 0) + 1
      made.set(event.name, version)
      if (counts) current.set(event.name, version)
    } else if (!counts) continue
    else if (event.type === 'removed') current.set(event.name, 0)
    else if (event.type === 'undo') current.set(event.name, event.version)
    else if (event.type === 'replaced') for (const { name, version } of event.files) current.set(name, version)
  }
  return current
}
