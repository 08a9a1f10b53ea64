// Requests as the phrasebook reads them: the name of a fetched file stands where the person wrote its address.
import type { Event } from '../../../sessions/event.ts'

/** The journal with `"photo.png"` for each address, in every request after its file came in. */
export function withNames(journal: readonly Event[]): readonly Event[] {
  const names = new Map<string, string>()
  return journal.map((event) => {
    if (event.type === 'upload' && event.url !== undefined)
      for (const spelling of spellings(event.url)) names.set(spelling, event.name)
    return event.type === 'ask' && names.size > 0 ? { ...event, text: named(event.text, names) } : event
  })
}

function named(text: string, names: ReadonlyMap<string, string>): string {
  // An address may be the beginning of another.
  const longest = [...names].toSorted(([a], [b]) => b.length - a.length)
  return longest.reduce((so, [url, name]) => so.replaceAll(url, ` "${name}" `), text)
}

/** A URL is kept with its signs escaped; people write them as they are. */
function spellings(url: string): string[] {
  try {
    return [url, decodeURI(url)]
  } catch {
    return [url]
  }
}
