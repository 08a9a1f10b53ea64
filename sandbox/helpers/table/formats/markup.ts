// A tokenizer for the markup of tables (XLSX, ODS, SpreadsheetML, HTML) that takes a text in parts, so that a sheet of
// hundreds of megabytes is never in memory as a whole. It builds no tree, and expands no entity that a file declares.
import { decodeEntities } from './entities.ts'

export interface MarkupHandler {
  /** A start tag; for `<a/>`, `close` follows at once. `attributes` is what stands between the name and `>`. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Text between tags, entities decoded; a long one may come in several parts. */
  text(text: string): void
}

export interface MarkupScanner {
  write(part: string): void
  end(): void
}

/** Characters of one tag or comment, and of text that is passed on in one part. */
const MAX_TOKEN = 4_000_000
const MAX_TEXT = 65_536
const SLASH = 47

/**
 * `xml`: names come without their prefix. `html`: names in lower case; void elements end at once, and what is in
 * `<script>` and `<style>` is left out.
 * @throws Error for a document type that declares entities, and for a tag of more than 4,000,000 characters.
 */
export function markupScanner(handler: MarkupHandler, syntax: 'xml' | 'html'): MarkupScanner {
  let rest = ''
  const nameOf = syntax === 'xml' ? localName : (name: string) => name.toLowerCase()

  const tag = (text: string, start: number, end: number): number => {
    if (text.charCodeAt(start + 1) === SLASH) {
      handler.close(nameOf(text.slice(start + 2, end).trim()))
      return end + 1
    }
    const nameEnd = endOfName(text, start + 1, end)
    const name = nameOf(text.slice(start + 1, nameEnd))
    const isEmpty = text.charCodeAt(end - 1) === SLASH
    handler.open(name, text.slice(nameEnd, isEmpty ? end - 1 : end))
    if (syntax === 'html' && RAW.has(name)) return afterRaw(text, name, end + 1)
    if (isEmpty || (syntax === 'html' && VOID.has(name))) handler.close(name)
    return end + 1
  }

  const scan = (text: string, isLast: boolean): string => {
    let at = 0
    while (at < text.length) {
      const start = text.indexOf('<', at)
      if (start < 0) {
        if (!isLast && text.length - at < MAX_TEXT) return text.slice(at)
        const end = isLast ? text.length : withoutPartOfEntity(text, at)
        handler.text(decodeEntities(text.slice(at, end), syntax))
        return text.slice(end)
      }
      if (start > at) handler.text(decodeEntities(text.slice(at, start), syntax))
      if (syntax === 'html' && !/[a-z/!?]/i.test(text.charAt(start + 1) || (isLast ? ' ' : '!'))) {
        handler.text('<')
        at = start + 1
        continue
      }
      const special = specialToken(text, start, handler)
      const end = special ?? endOfTag(text, start)
      if (end < 0) {
        if (isLast) return ''
        if (text.length - start > MAX_TOKEN)
          throw new Error(`a tag or comment is longer than ${MAX_TOKEN.toLocaleString('en-US')} characters`)
        return text.slice(start)
      }
      at = special === undefined ? tag(text, start, end) : end
      if (at < 0) return isLast ? '' : text.slice(start)
    }
    return ''
  }

  return {
    write(part) {
      rest = scan(rest === '' ? part : rest + part, false)
    },
    end() {
      scan(rest, true)
      rest = ''
    },
  }
}

/** Reads a whole text. */
export function scanMarkup(text: string, syntax: 'xml' | 'html', handler: MarkupHandler): void {
  const scanner = markupScanner(handler, syntax)
  scanner.write(text)
  scanner.end()
}

/** The value of an XML attribute by its name without prefix; undefined if there is none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (before > 32 && before !== 58) continue
    let next = at + name.length
    while (attributes.charCodeAt(next) <= 32) next++
    if (attributes.charCodeAt(next) !== 61) continue
    next++
    while (attributes.charCodeAt(next) <= 32) next++
    const quote = attributes.charAt(next)
    if (quote !== '"' && quote !== "'") continue
    const end = attributes.indexOf(quote, next + 1)
    return end < 0 ? undefined : decodeEntities(attributes.slice(next + 1, end), 'xml')
  }
  return undefined
}

/** Elements without an end tag, and elements whose content is no markup (HTML Living Standard, 13.1.2). */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
const RAW = new Set(['script', 'style', 'textarea', 'title', 'noscript', 'template'])

/**
 * The end of a comment, CDATA section, instruction or declaration; -1 if it is incomplete, undefined for a tag.
 * Entities are never expanded; a file that declares some is refused, since its text would come out wrong.
 */
function specialToken(text: string, start: number, handler: MarkupHandler): number | undefined {
  const second = text.charAt(start + 1)
  if (second !== '!' && second !== '?' && second !== '') return undefined
  if (second === '') return -1
  if (second === '?') return after(text, '?>', start)
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4)
  if (text.startsWith('<![CDATA[', start)) {
    const end = text.indexOf(']]>', start)
    if (end >= 0) handler.text(text.slice(start + 9, end))
    return end < 0 ? -1 : end + 3
  }
  const end = text.indexOf('>', start)
  const isOpen = text.slice(start, end < 0 ? undefined : end).includes('[')
  const close = isOpen ? after(text, ']>', start) : end < 0 ? -1 : end + 1
  if (/<!ENTITY/i.test(text.slice(start, close < 0 ? undefined : close)))
    throw new Error('its markup declares entities, which are not expanded here (a way to make files that explode)')
  return close
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** The position of the `>` that ends a tag; one in a quoted value does not. */
function endOfTag(text: string, start: number): number {
  let quote = 0
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return i
    else if ((code === 34 || code === 39) && isValueStart(text, i)) quote = code
  }
  return -1
}

/** Quotes count after `=` only: `<p it's>` occurs on web pages. */
function isValueStart(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) <= 32) before--
  return text.charCodeAt(before) === 61
}

function endOfName(text: string, from: number, end: number): number {
  let at = from
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code <= 32 || code === SLASH) break
    at++
  }
  return at
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** The position after an element's raw content; -1 if it is incomplete. */
function afterRaw(text: string, name: string, from: number): number {
  const close = new RegExp(`</${name}\\s*>`, 'gi')
  close.lastIndex = from
  const found = close.exec(text)
  return found ? found.index + found[0].length : -1
}

/** Where to cut a long text: not within an entity. */
function withoutPartOfEntity(text: string, from: number): number {
  const ampersand = text.lastIndexOf('&')
  return ampersand > from && text.length - ampersand < 40 ? ampersand : text.length
}
