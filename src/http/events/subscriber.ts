// One subscriber of a channel: its position and its next messages, which it pulls when it can take more.
import type { Event } from '../../../sessions/event.ts'
import type { NumberedEvent } from '../../../sessions/store.ts'
import type { Channel } from './channel.ts'

/** One outgoing message; without `seq` it is not part of the journal. */
export interface OutgoingMessage {
  readonly seq?: number
  readonly event: Readonly<Record<string, unknown>>
}

export interface SubscriberOptions {
  readonly channel: Channel
  /** The number of the first stored event to send. */
  readonly from: number
  /** The number after the last one, once known; from then on no transient events are sent. */
  readonly until?: () => number | undefined
  /** Reads a slice of the events from this number on, for a session that is not open here. */
  readonly load: (position: number) => Promise<readonly NumberedEvent[]>
  /** Serializes the event for the web. */
  readonly show: (event: Event, seq: number | undefined) => OutgoingMessage['event']
  /** The session's own description, sent first and at each change; undefined: none. */
  readonly describe?: () => Promise<OutgoingMessage['event'] | undefined>
}

export interface Subscriber {
  /** The messages that are ready now, at most a batch of each kind; empty if there are none. */
  next(): Promise<readonly OutgoingMessage[]>
  /** Number of the next stored event. */
  readonly position: number
}

const BATCH = 200

/** A subscriber that begins at `from`. */
export function createSubscriber({
  channel,
  from,
  until = () => undefined,
  load,
  show,
  describe,
}: SubscriberOptions): Subscriber {
  let position = Math.max(0, from)
  let told = -1
  let epoch = channel.passing.epoch
  let passed = 0

  const ofJournal = async (): Promise<OutgoingMessage[]> => {
    // A number beyond the end belonged to an event that never reached the disk.
    position = Math.min(position, channel.length)
    const end = Math.min(channel.length, until() ?? Number.POSITIVE_INFINITY, position + BATCH)
    if (position >= end) return []
    const from = position
    const loaded = channel.isLive ? undefined : await load(from)
    const batch: OutgoingMessage[] = []
    for (let seq = from; seq < end; seq++) {
      const event = loaded ? loaded[seq - from]?.event : channel.at(seq)
      // The session was closed at this moment: the next call reads the event from disk.
      if (!event) break
      batch.push({ seq, event: show(event, seq) })
    }
    position += batch.length
    return batch
  }
  const ofPassing = (): OutgoingMessage[] => {
    const { passing } = channel
    if (passing.epoch !== epoch) passed = 0
    epoch = passing.epoch
    passed = Math.max(passed, passing.dropped)
    const events = passing.events.slice(passed - passing.dropped, passed - passing.dropped + BATCH)
    passed += events.length
    return events.map((event) => ({ event: show(event, undefined) }))
  }
  const ofSession = async (): Promise<OutgoingMessage[]> => {
    if (!describe || told === channel.changes) return []
    told = channel.changes
    const event = await describe()
    return event ? [{ event }] : []
  }

  return {
    get position() {
      return position
    },
    async next() {
      const said = await ofSession()
      const kept = await ofJournal()
      // Transient events follow once all stored events before them are sent.
      const passes = position >= channel.length && until() === undefined
      return [...said, ...kept, ...(passes ? ofPassing() : [])]
    },
  }
}
