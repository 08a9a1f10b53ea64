// Derives from the journal which pictures the model has already seen.
import { findLastEvent, nonPrintEvents, nonPrintEventsSince } from '../../../sessions/journal/derived.ts'
import type { Detail, Event } from '../../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../../sessions/journal/file-history.ts'
import { effectiveEvents } from '../../../sessions/journal/effective-events.ts'

/**
 * Whether this version of a file was already shown with at least this detail, in an effective event that has not been
 * compacted.
 */
export function seenBefore(events: readonly Event[], detail: Detail): (file: FileVersion) => boolean {
  const digest = findLastEvent(events, ({ type }) => type === 'compacted')?.event
  const told = new Set<Event>(
    nonPrintEventsSince(events, digest?.type === 'compacted' ? digest.seq : 0).map(({ event }) => event),
  )
  const history = createFileHistory()
  const shown = new Set<string>()
  for (const { event } of nonPrintEvents(effectiveEvents(events))) {
    history.take(event)
    if (event.type !== 'look' || !told.has(event)) continue
    const files = new Map(history.currentFiles().map((file) => [file.name, file]))
    for (const picture of event.pictures) {
      if (detailLevel(picture.detail) < detailLevel(detail)) continue
      for (const name of picture.names) if (files.has(name)) shown.add(keyOf(files.get(name)!))
    }
  }
  return (file) => shown.has(keyOf(file))
}

/** Number of pictures shown on the model's own calls since the last request. */
export function countRequestedPictures(events: readonly Event[]): number {
  const turn = nonPrintEventsSince(events, (findLastEvent(events, ({ type }) => type === 'ask')?.seq ?? -1) + 1)
  return turn.reduce((sum, { event }) => {
    return event.type === 'look' && event.callId !== undefined ? sum + event.pictures.length : sum
  }, 0)
}

function keyOf({ name, hash, version }: FileVersion): string {
  return JSON.stringify([name, hash ?? version])
}

/** `auto` is prepared as `high`. */
function detailLevel(detail: Detail): number {
  return detail === 'low' ? 0 : 1
}
