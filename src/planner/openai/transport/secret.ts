// Keeps the API key out of all text: errors, notices and what the endpoint itself sends back.

export interface SecretStream {
  push(piece: string): string
  end(): string
}

export interface Secret {
  /** The text with the key replaced. */
  hide(text: string): string
  /** For errors and notices: also replaces encoded forms of the key, and anything that looks like a key. */
  clean(text: string): string
  /** Like `hide` for a stream; finds the key across pieces too. `end` returns the text that was held back. */
  stream(): SecretStream
}

const HIDDEN = '[API key]'
/** Key formats of well-known endpoints, also partly masked (`sk-abc***xyz`). */
const LOOKS_LIKE_KEY = /\b(?:sk|pk|rk|gsk|xai|nvapi|hf|AIza)[-_][\w*.-]{11,}[\w*]/g
const SHORTEST = 6

/** A `key` shorter than 6 characters is a placeholder and hides nothing. */
export function createSecret(key: string | undefined): Secret {
  const hide = key && key.length >= SHORTEST ? key : undefined
  const replace = (text: string) => (hide ? text.replaceAll(hide, HIDDEN) : text)
  return {
    hide: replace,
    clean: (text) =>
      spellingsOf(hide)
        .reduce((left, spelling) => left.replaceAll(spelling, HIDDEN), text)
        .replace(LOOKS_LIKE_KEY, HIDDEN)
        .replace(/(Bearer\s+)[^\s"']+/g, `$1${HIDDEN}`),
    stream() {
      let held = ''
      return {
        push(piece) {
          const text = replace(held + piece)
          const keep = hide ? overlap(text, hide) : 0
          held = text.slice(text.length - keep)
          return text.slice(0, text.length - keep)
        },
        end() {
          const rest = held
          held = ''
          return rest
        },
      }
    },
  }
}

/** The key as it is, JSON-escaped, URL-encoded and in Base64, longest first. */
function spellingsOf(key: string | undefined): string[] {
  if (key === undefined) return []
  const base64 = Buffer.from(key).toString('base64').replace(/=+$/, '')
  const spellings = [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key.toWellFormed()), base64]
  return spellings.toSorted((a, b) => b.length - a.length)
}

/** The length of the longest end of `text` that begins `word`. */
function overlap(text: string, word: string): number {
  for (let n = Math.min(word.length - 1, text.length); n > 0; n--) if (text.endsWith(word.slice(0, n))) return n
  return 0
}
