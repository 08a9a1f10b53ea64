// Renders the planner's Markdown for a terminal: styles, hanging indents, tables in columns.
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { separateBlocks } from '../../markdown-blocks.ts'
import { tableLines } from './markdown-table.ts'
import { clean, paint, span, wrap, type Line, type Span } from './spans.ts'

/** Longer texts, and paragraphs with more emphasis marks, are shown as plain source: parsing them takes too long. */
const MAX_LENGTH = 60_000
const MAX_SIGNS = 2000
const WIDEST = 100

/** The rendered text, at most `columns` wide; its only escape sequences are our own styles. */
export function renderMarkdown(text: string, columns: number): string {
  return renderTokens(tokensOf(text), columns)
}

/** Parses a text into blocks, without its control characters; their `raw` texts joined are the text. */
export function tokensOf(text: string): Token[] {
  const safe = separateBlocks(clean(text))
  if (safe.length > MAX_LENGTH || safe.split(/\n\s*\n/).some(isCrowded)) return [asWritten(safe)]
  try {
    return lexer(safe)
  } catch {
    // Nested too deeply to be parsed.
    return [asWritten(safe)]
  }
}

export function renderTokens(tokens: readonly Token[], columns: number): string {
  return blocks(tokens, Math.min(columns, WIDEST), true).map(paint).join('\n')
}

function isCrowded(paragraph: string): boolean {
  return paragraph.length > MAX_SIGNS && paragraph.replace(/[^*_]/g, '').length > MAX_SIGNS
}

function asWritten(text: string): Token {
  return { type: 'html', raw: text, text }
}

const BOLD = 1
const GREY = 2
const ITALIC = 3
const UNDERLINED = 4
const STRUCK = 9
const CYAN = 36

/** `gaps`: an empty line between blocks. */
function blocks(tokens: readonly Token[], width: number, gaps: boolean): Line[] {
  const lines: Line[] = []
  for (const token of tokens) {
    const block = blockLines(token as MarkedToken, Math.max(8, width))
    if (block.length === 0) continue
    if (gaps && lines.length > 0) lines.push([])
    lines.push(...block)
  }
  return lines
}

function blockLines(token: MarkedToken, width: number): Line[] {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return []
    case 'heading':
      return wrap(inline(token.tokens, [BOLD]), width)
    case 'hr':
      return [[span('─'.repeat(Math.min(width, 40)), [GREY])]]
    case 'code':
      return token.text.split('\n').map((row) => [span('    '), span(row, [CYAN])])
    case 'blockquote':
      return prefixed(blocks(token.tokens, width - 2, true), span('│ ', [GREY]))
    case 'list':
      return listLines(token, width)
    case 'table':
      return tableLines(
        [token.header, ...token.rows].map((row, index) =>
          row.map(({ tokens }) => inline(tokens, index === 0 ? [BOLD] : [])),
        ),
        token.align,
        width,
      )
    case 'html':
      return token.text
        .trimEnd()
        .split('\n')
        .map((row) => [span(row)])
    default:
      return wrap(inline([token], []), width)
  }
}

function listLines({ items, ordered, start, loose }: Tokens.List, width: number): Line[] {
  const signs = items.map(({ task, checked }, index) => {
    if (task) return checked ? '☑' : '☐'
    return ordered ? `${(start || 0) + index}.` : '•'
  })
  const indent = Math.max(...signs.map((sign) => sign.length)) + 1
  return items.flatMap((item, index) => {
    const sign = span(`${(signs[index] ?? '').padStart(indent - 1)} `)
    const lines = blocks(item.tokens, width - indent, loose)
    const [head = [], ...rest] = lines
    const gap: Line[] = loose && index > 0 ? [[]] : []
    return [...gap, [sign, ...head], ...prefixed(rest, span(' '.repeat(indent)))]
  })
}

function prefixed(lines: readonly Line[], prefix: Span): Line[] {
  return lines.map((line) => [prefix, ...line])
}

function inline(tokens: readonly Token[], codes: readonly number[]): Span[] {
  return tokens.flatMap((token) => inlineSpans(token as MarkedToken, codes))
}

function inlineSpans(token: MarkedToken, codes: readonly number[]): Span[] {
  switch (token.type) {
    case 'strong':
      return inline(token.tokens, [...codes, BOLD])
    case 'em':
      return inline(token.tokens, [...codes, ITALIC])
    case 'del':
      return inline(token.tokens, [...codes, STRUCK])
    case 'codespan':
      return [span(token.text, [...codes, CYAN])]
    case 'br':
      return [span('\n')]
    case 'checkbox':
      // It is rendered before the item.
      return []
    case 'link':
      return linkSpans(inline(token.tokens, [...codes, UNDERLINED]), token.href, codes)
    case 'image':
      return linkSpans([span(`[${plain(token.text)}]`, codes)], token.href, codes)
    case 'html':
      return [span(token.text, codes)]
    default:
      if ('tokens' in token && token.tokens) return inline(token.tokens, codes)
      return [span('text' in token ? plain(token.text) : token.raw, codes)]
  }
}

/** Appends the URL to the link's text, unless they are the same. */
function linkSpans(text: Span[], href: string, codes: readonly number[]): Span[] {
  const said = text.map((one) => one.text).join('')
  const address = clean(href).replaceAll('\n', '')
  if (address === '' || address === said || address === `mailto:${said}`) return text
  return [...text, span(` (${address})`, [...codes, GREY])]
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }

/** Decodes the character references of a text. */
function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code).toWellFormed() : whole
  })
}
