// Reads the string `code` from a tool call's JSON while it is still arriving, so that the snippet shows as it streams.
// Invariant: however the JSON is split into chunks, the pieces concatenated equal JSON.parse(all).code.

/** Takes the next piece of the arguments' JSON; returns the new piece of the decoded snippet. */
export type CodeReader = (piece: string) => string

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** A reader for one tool call. Invalid JSON yields less or nothing; the whole text is parsed again at the end. */
export function createCodeReader(field = 'code'): CodeReader {
  let depth = 0
  let place: 'outside' | 'string' | 'escape' | 'unicode' = 'outside'
  let role: 'key' | 'code' | 'other' = 'other'
  let nextIsKey = true
  let key = ''
  let hex = ''
  let found = false
  let out = ''

  const add = (text: string) => {
    if (role === 'key') key += text
    else if (role === 'code') out += text
  }
  const outside = (char: string) => {
    if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    else if (char === ',' && depth === 1) nextIsKey = true
    else if (char === ':' && depth === 1) nextIsKey = false
    else if (char === '"') {
      place = 'string'
      role = depth !== 1 ? 'other' : nextIsKey ? 'key' : key === field && !found ? 'code' : 'other'
      if (role === 'key') key = ''
      if (role === 'code') found = true
    }
  }
  const step = (char: string) => {
    if (place === 'outside') outside(char)
    else if (place === 'escape') {
      place = char === 'u' ? 'unicode' : 'string'
      hex = ''
      if (char !== 'u') add(ESCAPES[char] ?? char)
    } else if (place === 'unicode') {
      hex += char
      if (hex.length < 4) return
      place = 'string'
      add(String.fromCharCode(Number.parseInt(hex, 16)))
    } else if (char === '\\') place = 'escape'
    else if (char === '"') place = 'outside'
    else add(char)
  }

  return (piece) => {
    for (let i = 0; i < piece.length; i++) step(piece.charAt(i))
    const held = place !== 'outside' && isHighSurrogate(out.charCodeAt(out.length - 1)) ? 1 : 0
    const ready = out.slice(0, out.length - held)
    out = out.slice(out.length - held)
    return ready
  }
}

/** The first half of a character above U+FFFF, held until the second half arrives. */
function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
