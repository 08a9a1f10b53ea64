// Requests that were taken back: what a journal says without them, and the event that takes one back.
import type { Event, EventOf } from './event.ts'

/**
 * The journal as if the requests that were replaced had never been made: for whoever reads it as a conversation or runs
 * its cells again. What a person brought or removed stays; versions in `undo` count those that stay.
 */
export function standing(events: readonly Event[]): readonly Event[] {
  if (!events.some((event) => event.type === 'replaced')) return events
  let kept: { readonly event: Event; readonly seq: number }[] = []
  for (const [seq, event] of events.entries()) {
    if (event.type === 'replaced') kept = kept.filter((one) => one.seq < event.seq || isPersons(one.event))
    else kept.push({ event, seq })
  }
  return renumbered(events, new Set(kept.map(({ seq }) => seq)))
}

/**
 * The event that takes back the request number `seq` and all that follows; undefined where no standing `ask` is.
 * Files go back to how they were before it, but for what the person brought or removed since.
 */
export function replacementOf(events: readonly Event[], seq: number): EventOf<'replaced'> | undefined {
  const ask = events[seq]
  if (ask?.type !== 'ask' || !standing(events).includes(ask)) return undefined
  const [now, then] = [versionsAfter(events, events.length), versionsAfter(events, seq)]
  const names = [...now.keys()].filter((name) => now.get(name) !== (then.get(name) ?? 0))
  return { type: 'replaced', seq, files: names.map((name) => ({ name, version: then.get(name) ?? 0 })) }
}

/** Not an outcome of the request: it stays when the request goes. */
function isPersons(event: Event): boolean {
  return event.type === 'upload' || (event.type === 'removed' && event.cell === 0)
}

/** The current version of each name, 0 for none, if from number `until` on only the person had done anything. */
function versionsAfter(events: readonly Event[], until: number): Map<string, number> {
  const made = new Map<string, number>()
  const current = new Map<string, number>()
  for (const [seq, event] of events.entries()) {
    const counts = seq < until || isPersons(event)
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

/** The events with these numbers; an undo names its version by its place among those that are left. */
function renumbered(events: readonly Event[], kept: ReadonlySet<number>): Event[] {
  const versions = new Map<string, boolean[]>()
  const left: Event[] = []
  for (const [seq, event] of events.entries()) {
    if (event.type === 'upload' || event.type === 'file') {
      const list = versions.get(event.name) ?? []
      versions.set(event.name, list)
      list.push(kept.has(seq))
    }
    if (!kept.has(seq)) continue
    if (event.type !== 'undo') left.push(event)
    else {
      const version = (versions.get(event.name) ?? []).slice(0, event.version).filter(Boolean).length
      left.push(version === event.version ? event : { ...event, version })
    }
  }
  return left
}
