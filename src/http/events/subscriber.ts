// One viewer of a channel: where it stands, and what it is to be told next. It asks when it can take more.
import type { Event } from '../../../sessions/event.ts'
import type { Numbered } from '../../../sessions/store.ts'
import type { Channel } from './channel.ts'

/** What goes out as one message; without `seq` it is no part of the journal. */
export interface Told {
  readonly seq?: number
  readonly event: Readonly<Record<string, unknown>>
}

export interface SubscriberOptions {
  readonly channel: Channel
  /** The number of the first kept event to tell. */
  readonly from: number
  /** The number after the last one, once it is known; then nothing that passes is told any more. */
  readonly until?: () => number | undefined
  /** Reads events from this number on of a session that nobody uses here, as many as are read in a moment. */
  readonly load: (place: number) => Promise<readonly Numbered[]>
  /** The event with what only the web says of it. */
  readonly show: (event: Event, seq: number | undefined) => Told['event']
  /** What is said of the session itself, first and at each change; undefined: nothing. */
  readonly describe?: () => Promise<Told['event'] | undefined>
}

export interface Subscriber {
  /** What there is to tell now, at most a batch; nothing if there is nothing. */
  next(): Promise<readonly Told[]>
  /** Number of the next kept event. */
  readonly place: number
}

const BATCH = 200

/** A viewer that begins at `from`. */
export function createSubscriber({
  channel,
  from,
  until = () => undefined,
  load,
  show,
  describe,
}: SubscriberOptions): Subscriber {
  let place = Math.max(0, from)
  let told = -1
  let epoch = channel.passing.epoch
  let passed = 0

  const ofJournal = async (): Promise<Told[]> => {
    // A number beyond the end was of an event that the disk never took.
    place = Math.min(place, channel.length)
    const end = Math.min(channel.length, until() ?? Number.POSITIVE_INFINITY, place + BATCH)
    if (place >= end) return []
    const from = place
    const loaded = channel.isLive ? undefined : await load(from)
    const batch: Told[] = []
    for (let seq = from; seq < end; seq++) {
      const event = loaded ? loaded[seq - from]?.event : channel.at(seq)
      // It went out of use this very moment: the next call reads it.
      if (!event) break
      batch.push({ seq, event: show(event, seq) })
    }
    place += batch.length
    return batch
  }
  const ofPassing = (): Told[] => {
    const { passing } = channel
    if (passing.epoch !== epoch) passed = 0
    epoch = passing.epoch
    passed = Math.max(passed, passing.dropped)
    const events = passing.events.slice(passed - passing.dropped, passed - passing.dropped + BATCH)
    passed += events.length
    return events.map((event) => ({ event: show(event, undefined) }))
  }
  const ofSession = async (): Promise<Told[]> => {
    if (!describe || told === channel.changes) return []
    told = channel.changes
    const event = await describe()
    return event ? [{ event }] : []
  }

  return {
    get place() {
      return place
    },
    async next() {
      const said = await ofSession()
      const kept = await ofJournal()
      // Passing events come when all before them is told.
      const passes = place >= channel.length && until() === undefined
      return [...said, ...kept, ...(passes ? ofPassing() : [])]
    },
  }
}
