// File names in string literals: finds the known ones and replaces them.
import type { Parts } from '../snippet/literals.ts'

export interface NameMatcher {
  /** The names that a literal contains, and those that a template can evaluate to. */
  in(parts: Parts): string[]
  /** The parts with each name replaced by `by(name)`. */
  replace(parts: Parts, by: (name: string) => string): string[]
}

/** Matches these names as whole names, not as a part of a longer one. */
export function createNameMatcher(names: Iterable<string>): NameMatcher {
  const known = [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length)
  const set = new Set(known)
  const pattern = known.length > 0 ? new RegExp(known.map((name) => RegExp.escape(name)).join('|'), 'g') : undefined

  const scan = (parts: Parts, i: number, found: (name: string, at: number) => void): void => {
    const text = parts[i] ?? ''
    const first = i === 0
    const last = i === parts.length - 1
    if (!pattern || text === '') return
    const bare = text.replace(PREFIX, '')
    if (first && last && set.has(bare)) return found(bare, text.length - bare.length)
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const [name] = match
      const [at, end] = [match.index, match.index + name.length]
      const isName = begins(text, at, first) && ends(text, end, last)
      if (isName && hasEnding(name)) found(name, at)
      else pattern.lastIndex = at + 1
    }
  }

  return {
    in(parts) {
      const found = new Set<string>()
      for (const i of parts.keys()) scan(parts, i, (name) => found.add(name))
      if (parts.length > 1 && baseOf(parts[0] ?? '') !== '' && hasEnding(parts.at(-1) ?? '')) {
        for (const name of known) if (canEvaluateTo(parts, name)) found.add(name)
      }
      return [...found]
    },
    replace(parts, by) {
      return parts.map((text, i) => {
        let left = ''
        let from = 0
        scan(parts, i, (name, at) => {
          left += text.slice(from, at) + by(name)
          from = at + name.length
        })
        return left + text.slice(from)
      })
    },
  }
}

/** Prefixes of a path in the working folder. */
const PREFIX = /^(?:\.\/|\/mnt\/data\/)/

/** Whether a template can evaluate to this name. */
export function canEvaluateTo(parts: Parts, name: string): boolean {
  const [first = '', ...rest] = [parts[0]?.replace(PREFIX, ''), ...parts.slice(1)]
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest.slice(0, -1)) {
    const found = name.indexOf(part ?? '', at)
    if (found < 0) return false
    at = found + (part?.length ?? 0)
  }
  return name.endsWith(rest.at(-1) ?? '') && name.length - (rest.at(-1)?.length ?? 0) >= at
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether the name ends in an extension such as `.png`. */
function hasEnding(name: string): boolean {
  return /\.[\p{L}\p{N}]{1,10}$/u.test(name)
}

/** Whether two adjacent characters belong to one word; a Chinese one and a Latin one do not. */
export function isOneWord(before: string, after: string): boolean {
  const word = /^[\p{L}\p{M}\p{N}_]$/u
  if (!word.test(before) || !word.test(after)) return false
  return HAN.test(before) === HAN.test(after)
}

const HAN = /\p{Script=Han}/u

function begins(text: string, at: number, first: boolean): boolean {
  if (at === 0) return first
  const before = lastLetter(text.slice(0, at))
  if (before === '/') {
    const path = /(?<!\S)\S*$/u.exec(text.slice(0, at))?.[0] ?? ''
    const plain = path.replace(/^["'“‘«([{（《「]+/u, '')
    return plain === './' || plain === '/mnt/data/' || (!first && path === '/' && at === 1)
  }
  return !/[-.\\@~+#%&=$]/.test(before) && !isOneWord(before, firstLetter(text.slice(at)))
}

function ends(text: string, end: number, last: boolean): boolean {
  if (end === text.length) return last
  const after = firstLetter(text.slice(end))
  if (/[-/\\]/.test(after)) return false
  if (after === '.') return !/^[\p{L}\p{N}_]/u.test(text.slice(end + 1))
  return !isOneWord(lastLetter(text.slice(0, end)), after)
}

export function firstLetter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x20)
}

export function lastLetter(text: string): string {
  const low = text.charCodeAt(text.length - 1)
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(-2) : text.slice(-1)
}
