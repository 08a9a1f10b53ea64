// Requests as the phrasebook reads them: the name of a fetched file stands where the person wrote its address.
import type { Event } from '../../../sessions/event.ts'

/** The journal with `"photo.png"` for each address whose file came in before; others, whose files did not come, are left out. */
export function withNames(journal: readonly Event[]): readonly Event[] {
  const names = new Map<string, string>()
  return journal.map((event) => {
    if (event.type === 'upload' && event.url !== undefined)
      for (const spelling of spellings(event.url)) names.set(spelling, event.name)
    return event.type === 'ask' && ADDRESS.test(event.text) ? { ...event, text: named(event.text, names) } : event
  })
}

function named(text: string, names: ReadonlyMap<string, string>): string {
  // An address may be the beginning of another.
  const longest = [...names].toSorted(([a], [b]) => b.length - a.length)
  const known = longest.reduce((so, [url, name]) => so.replaceAll(url, ` "${name}" `), text)
  return known.replace(UNKNOWN, ' ')
}

const ADDRESS = /https?:\/\//i
/** Up to where East Asian words or a quotation mark begin; one in quotation marks is a text to write. */
const UNKNOWN = /(?<!["'“「『])https?:\/\/[^\s"'“”「」『』，。；：！？\p{Script=Han}]+/giu

/** A URL is kept with its signs escaped; people write them as they are. */
function spellings(url: string): string[] {
  try {
    return [url, decodeURI(url)]
  } catch {
    return [url]
  }
}
