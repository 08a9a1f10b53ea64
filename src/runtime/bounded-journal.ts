// Reads the journal of a session that is not open here, dropping most printed text, the bulk of a long journal.
import type { Event, EventOf } from '../../sessions/event.ts'
import type { SessionStore, WholeJournal } from '../../sessions/store.ts'

/** After `maxPrinted` characters in a row, printed text is replaced by shared blanks; undefined: no such session. */
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
      // Keep position and length: events refer to each other by number, and a transcript says how much it omits.
      events.push(event.type === 'print' && left <= 0 ? blank(event) : event)
      if (event.type === 'print') left -= event.text.length
    }
  return { events, pathOf: (hash) => view.pathOf(hash) }
}
