// Replaces the URLs in a request with the names of the fetched files, before the phrasebook reads it.
import type { EventOf } from '../../../sessions/event.ts'

export interface FetchedNames {
  take(upload: EventOf<'upload'>): void
  /** The request with `"photo.png"` for each URL whose file was fetched; URLs without a file are removed. */
  named(ask: EventOf<'ask'>): EventOf<'ask'>
}

export function createFetchedNames(): FetchedNames {
  const names = new Map<string, string>()
  return {
    take({ name, url }) {
      for (const spelling of url === undefined ? [] : spellings(url)) names.set(spelling, name)
    },
    named: (ask) => (ADDRESS.test(ask.text) ? { ...ask, text: named(ask.text, names) } : ask),
  }
}

function named(text: string, names: ReadonlyMap<string, string>): string {
  // A URL may be a prefix of another.
  const longest = [...names].filter(([url]) => text.includes(url)).toSorted(([a], [b]) => b.length - a.length)
  const known = longest.reduce((so, [url, name]) => so.replaceAll(url, ` "${name}" `), text)
  return known.replace(UNKNOWN, ' ')
}

const ADDRESS = /https?:\/\//i
/** Ends at East Asian text or a quotation mark; a URL in quotation marks is a text to draw. */
const UNKNOWN = /(?<!["'“「『])https?:\/\/[^\s"'“”「」『』，。；：！？\p{Script=Han}]+/giu

/** A URL is stored percent-encoded; users may write it without. */
function spellings(url: string): string[] {
  try {
    return [url, decodeURI(url)]
  } catch {
    return [url]
  }
}
