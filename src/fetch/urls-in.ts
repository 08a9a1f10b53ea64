// Addresses of files on the web in what a person wrote, in any language around them.

export interface UrlsIn {
  /** As a URL is written in full, without a fragment; in the order of the text, each once. */
  readonly urls: readonly string[]
  /** There are more than are taken of one message. */
  readonly more: boolean
}

/** How many are taken of one message. */
export const MAX_URLS = 5

/** Up to a space, a sign that no URL holds, East Asian punctuation or quotation marks, or a comma and the next address. */
const CANDIDATE =
  /https?:\/\/(?:(?![,;]https?:\/\/)[^\s<>"`|\\^{}\p{Cc}，。、；：！？…～｡､「」『』（）【】《》〈〉〔〕［］｛｝“”‘’«»‹›]){1,5000}/giu
const LETTER = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`
/** Words that no space parts from an address end it, unless a part of it begins with them: `/图片.png`, `?q=猫`. */
const WORD_AFTER = new RegExp(`(?<![/=.#?&%_-]|${LETTER})${LETTER}`, 'u')
const FILE = /\.(?:png|jpe?g|gif|webp|avif|tiff?|svg|bmp|heic|csv|tsv|json|txt|pdf|xlsx)$/i
/** Signs of the sentence, or of Markdown, after an address. */
const SIGNS = ".,;:!?'*_~"
const SCHEME = 'https://'.length
/** What is longer is no address that anybody asks to be fetched, and cut it would be another. */
const MAX_LENGTH = 4096

/** The https addresses in `text`, and those with http that name a file: whoever wrote one is told why it is not fetched. */
export function urlsIn(text: string): UrlsIn {
  const found = new Set<string>()
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    if (candidate.length > MAX_LENGTH) continue
    const written = trimmed(candidate)
    if (!URL.canParse(written)) continue
    const url = new URL(written)
    url.hash = ''
    if (url.protocol === 'https:' || FILE.test(url.pathname)) found.add(url.href)
  }
  const urls = [...found]
  return { urls: urls.slice(0, MAX_URLS), more: urls.length > MAX_URLS }
}

/** Without what belongs to the sentence: its words and signs, and a bracket that was opened before the address. */
function trimmed(candidate: string): string {
  const word = candidate.slice(SCHEME).search(WORD_AFTER)
  const url = withinBrackets(word < 0 ? candidate : candidate.slice(0, SCHEME + word))
  let end = url.length
  while (SIGNS.includes(url[end - 1] ?? ' ')) end--
  return url.slice(0, end)
}

/** Up to the first bracket that closes what the address did not open. */
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
