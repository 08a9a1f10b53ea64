// Requests as the phrasebook reads them: the name of a fetched file stands where the person wrote its address.
import type { EventOf } from '../../../sessions/event.ts'

export interface FetchedNames {
  take(upload: EventOf<'upload'>): void
  /** The request with `"photo.png"` for each address whose file came in before; others, whose files did not come, are left out. */
  named(ask: EventOf<'ask'>): EventOf<'ask'>
}

export function createNames(): FetchedNames {
  const names = new Map<string, string>()
  return {
    take({ name, url }) {
      for (const spelling of url === undefined ? [] : spellings(url)) names.set(spelling, name)
    },
    named: (ask) => (ADDRESS.test(ask.text) ? { ...ask, text: named(ask.text, names) } : ask),
  }
}

function named(text: string, names: ReadonlyMap<string, string>): string {
  // An address may be the beginning of another.
  const longest = [...names].filter(([url]) => text.includes(url)).toSorted(([a], [b]) => b.length - a.length)
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
