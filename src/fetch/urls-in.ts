// Finds the URLs of files in a user's message, whatever the language around them.

export interface UrlsIn {
  /** Normalised, without fragments, in the order of the text, without duplicates. */
  readonly urls: readonly string[]
  /** The message has more than MAX_URLS. */
  readonly more: boolean
}

/** URLs taken from one message. */
export const MAX_URLS = 5

/** Ends before a space, an invalid character, East Asian punctuation, a quotation mark, or a comma and a URL. */
const CANDIDATE =
  /https?:\/\/(?:(?![,;]https?:\/\/)[^\s<>"`|\\^{}\p{Cc}，。、；：！？…～｡､「」『』（）【】《》〈〉〔〕［］｛｝“”‘’«»‹›]){1,5000}/giu
const LETTER = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`
/** A CJK word right after a URL ends it, unless a component begins with one: `/图片.png`, `?q=猫`. */
const WORD_AFTER = new RegExp(`(?<![/=.#?&%_-]|${LETTER})${LETTER}`, 'u')
const FILE = /\.(?:png|jpe?g|gif|webp|avif|tiff?|svg|bmp|heic|csv|tsv|json|txt|pdf|xlsx)$/i
/** Punctuation of the sentence, or of Markdown, after a URL. */
const SIGNS = ".,;:!?'*_~"
const SCHEME = 'https://'.length
/** Longer URLs are ignored: a truncated one would be a different URL. */
const MAX_LENGTH = 4096

/** The https URLs in `text`, and http URLs that name a file, so that the user learns why those are not fetched. */
export function urlsIn(text: string): UrlsIn {
  const found = new Set<string>()
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    if (candidate.length > MAX_LENGTH) continue
    const written = trimUrl(candidate)
    if (!URL.canParse(written)) continue
    const url = new URL(written)
    url.hash = ''
    if (url.protocol === 'https:' || FILE.test(url.pathname)) found.add(url.href)
  }
  const urls = [...found]
  return { urls: urls.slice(0, MAX_URLS), more: urls.length > MAX_URLS }
}

/** Removes what belongs to the sentence: following words, punctuation, and a bracket that was opened before the URL. */
function trimUrl(candidate: string): string {
  const word = candidate.slice(SCHEME).search(WORD_AFTER)
  const url = withinBrackets(word < 0 ? candidate : candidate.slice(0, SCHEME + word))
  let end = url.length
  while (SIGNS.includes(url[end - 1] ?? ' ')) end--
  return url.slice(0, end)
}

/** Cuts before the first closing bracket that the URL did not open. */
function withinBrackets(url: string): string {
  const open: string[] = []
  for (let i = 0; i < url.length; i++) {
    const sign = url[i]
    if (sign === '(') open.push(')')
    else if (sign === '[') open.push(']')
    else if ((sign === ')' || sign === ']') && open.pop() !== sign) return url.slice(0, i)
  }
  return url
}
