// Decodes and encodes the text of string literals: https://tc39.es/ecma262/#sec-literals-string-literals

export type Quote = "'" | '"' | '`'

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }
const ESCAPE = /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[^]))/g

/** Decodes the text between quotes; undefined for escapes that only sloppy mode allows. */
export function decodeLiteral(body: string): string | undefined {
  if (!body.includes('\\') && !body.includes('\r')) return body
  let isClear = true
  const text = body
    .replace(/\r\n?/g, '\n')
    .replace(ESCAPE, (_, braced?: string, four?: string, two?: string, one = '') => {
      const hex = braced ?? four ?? two
      if (hex !== undefined) {
        const point = Number.parseInt(hex, 16)
        if (point <= 0x10ffff) return String.fromCodePoint(point)
        isClear = false
        return ''
      }
      if (/[1-9xu]/.test(one)) isClear = false
      if (/[\n\u2028\u2029]/.test(one)) return ''
      return SIMPLE[one] ?? one
    })
  return isClear && !/\\0\d/.test(body) ? text : undefined
}

/** Encodes a text for these quotes. */
export function encodeLiteral(text: string, quote: Quote): string {
  let body = ''
  for (let i = 0; i < text.length; i++) body += encodeUnit(text, i, quote)
  return body
}

function encodeUnit(text: string, i: number, quote: Quote): string {
  const unit = text.charAt(i)
  if (unit === '\\' || unit === quote) return `\\${unit}`
  if (quote === '`' && unit === '$' && text[i + 1] === '{') return '\\$'
  if (unit === '\n') return quote === '`' ? '\n' : '\\n'
  const code = text.charCodeAt(i)
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  if (code === 0x2028 || code === 0x2029 || isLone(text, i)) return `\\u${hex(code, 4)}`
  return unit
}

function isLone(text: string, i: number): boolean {
  const code = text.charCodeAt(i)
  if (code >= 0xd800 && code <= 0xdbff) return !/[\udc00-\udfff]/.test(text.charAt(i + 1))
  return code >= 0xdc00 && code <= 0xdfff && !/[\ud800-\udbff]/.test(text.charAt(i - 1))
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
