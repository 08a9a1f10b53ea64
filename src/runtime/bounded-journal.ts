// The journal of a session that is not in use here, without most of what was printed, which is most of a long journal.
import type { Event, EventOf } from '../../sessions/event.ts'
import type { SessionStore, WholeJournal } from '../../sessions/store.ts'

/** Printed texts are blank, and shared, after `maxPrinted` characters in a row; undefined if there is no such session. */
export async function readBoundedJournal(
  store: Pick<SessionStore, 'read'>,
  id: string,
  maxPrinted: number,
): Promise<WholeJournal | undefined> {
  const view = await store.read(id)
  if (!view) return undefined
  const events: Event[] = []
  const blanks = new Map<number, Event>()
  const blank = ({ text: { length } }: EventOf<'print'>): Event => {
    const known = blanks.get(length) ?? { type: 'print', cell: 0, stream: 'stdout', text: ' '.repeat(length) }
    blanks.set(length, known)
    return known
  }
  let left = maxPrinted
  for await (const slice of view.slices())
    for (const { event } of slice) {
      if (event.type !== 'print') left = maxPrinted
      // Its place and length are kept: events name others by their numbers, and a transcript says how much it leaves out.
      events.push(event.type === 'print' && left <= 0 ? blank(event) : event)
      if (event.type === 'print') left -= event.text.length
    }
  return { events, pathOf: (hash) => view.pathOf(hash) }
}
