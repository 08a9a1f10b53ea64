// Reads and rewrites the string literals and templates of a snippet, token by token; unchanged text stays as it was
// written.
import { importTokens, readImports, type ImportStatement } from './imports.ts'
import type { Token } from './token.ts'
import { readTokens } from './tokens.ts'
import { decodeLiteral, encodeLiteral, type Quote } from './escapes.ts'

/** The decoded text of a literal: one part, or for a template with placeholders the fixed parts around them. */
export type Parts = readonly string[]

/** Replaces each literal by `rewrite` of it, which must return as many parts as it got. */
export function rewriteLiterals(code: string, rewrite: (parts: Parts) => Parts): string {
  const reading = readTokens(code)
  if ('problem' in reading) return code
  const changes = findLiterals(reading.tokens).flatMap(({ parts, spans, quote }) => {
    const written = rewrite(parts)
    return spans.flatMap((span, i) => {
      const text = written[i] ?? ''
      return text === parts[i] ? [] : { ...span, by: encodeLiteral(text, quote) }
    })
  })
  const pieces: string[] = []
  let at = 0
  // Templates may be nested in placeholders, so replacements go by offset.
  for (const { from, to, by } of changes.sort((a, b) => a.from - b.from)) {
    pieces.push(code.slice(at, from), by)
    at = to
  }
  return pieces.join('') + code.slice(at)
}

interface Literal {
  readonly parts: Parts
  readonly spans: readonly Span[]
  readonly quote: Quote
}

interface Span {
  readonly from: number
  readonly to: number
}

interface OpenTemplate {
  readonly parts: string[]
  readonly spans: Span[]
  readonly tagged: boolean
  unclear: boolean
}

/** The literals in order of their ends, without the names of modules. */
export function findLiterals(
  tokens: readonly Token[],
  statements: readonly ImportStatement[] = readImports(tokens),
): Literal[] {
  const own = importTokens(statements)
  const found: Literal[] = []
  const open: OpenTemplate[] = []
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'string' && !own.has(i) && !namesModule(tokens, i)) {
      const text = decodeLiteral(token.text.slice(1, -1))
      const span = { from: token.at + 1, to: token.at + token.text.length - 1 }
      if (text !== undefined) found.push({ parts: [text], spans: [span], quote: quoteOf(token) })
    } else if (token.text === '`' && token.kind === 'punctuation') {
      open.push({ parts: [], spans: [], tagged: isTagged(tokens[i - 1]), unclear: false })
    } else if (token.kind === 'template') {
      const template = open.at(-1)
      if (!template) continue
      addPart(template, token)
      if (!token.text.endsWith('`')) continue
      open.pop()
      if (!template.unclear) found.push({ ...template, quote: '`' })
    }
  }
  return found
}

function addPart(template: OpenTemplate, { text: raw, at }: Token): void {
  const body = raw.slice(0, raw.endsWith('`') ? -1 : -2)
  const text = decodeLiteral(body)
  // A tag function may read the raw text.
  if (text === undefined || (template.tagged && body.includes('\\'))) template.unclear = true
  template.parts.push(text ?? '')
  template.spans.push({ from: at, to: at + body.length })
}

function quoteOf({ text }: Token): Quote {
  return text.startsWith('"') ? '"' : "'"
}

function isTagged(before: Token | undefined): boolean {
  return before !== undefined && (before.kind === 'name' || before.text === ')' || before.text === ']')
}

/** Whether the string is a module name: `import('sharp')`, `require('sharp')` or `export … from 'sharp'`. */
function namesModule(tokens: readonly Token[], i: number): boolean {
  const [before, callee] = [tokens[i - 1], tokens[i - 2]]
  if (before?.text === 'from' && before.kind === 'name' && tokens[i - 2]?.text !== '.') return true
  return before?.text === '(' && /^(?:import|require)$/.test(callee?.text ?? '') && tokens[i - 3]?.text !== '.'
}
