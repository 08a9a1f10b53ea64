// The characters a phrase can begin with, derived from its pattern, so that few phrases are tried at each position.

/** The phrase can begin with any character. */
export const ANY = 'any'
export type Starts = ReadonlySet<string> | typeof ANY

interface First {
  readonly starts: Starts
  /** The pattern can also match nothing; then the next part begins. */
  readonly empty: boolean
}

/** First characters of matches of `source` (flags `iu`), folded by `foldCase`; may include too many, never too few. */
export function firstCharacters(source: string): Starts {
  const { starts, empty } = createReader(source).alternatives()
  return empty ? ANY : starts
}

/** One form for characters that differ only in case. */
export function foldCase(character: string): string {
  return character.toUpperCase().toLowerCase()
}

const DIGITS = new Set('0123456789')
const NOTHING: First = { starts: new Set(), empty: true }
const WHATEVER: First = { starts: ANY, empty: false }

const PLAIN = /(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[()|])*/uy
const BAR = /\|/uy
const TIMES = /[?*+]\??|\{(\d+)[^}]*\}\??/uy
const OPEN = /\((?:\?(?:[=!]|<[=!]|:))?/uy
const CLOSE = /\)/uy
const EDGE = /[$^]/uy
const SET = /\[(\^?)((?:\\.|[^\]\\])*)\]/uy
const ESCAPE = /\\(?:p\{[^}]*\}|.)/uy
const CHARACTER = /[^]/uy

function createReader(source: string) {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    at += match?.[0].length ?? 0
    return match
  }

  function alternatives(): First {
    const all = [sequence()]
    while (take(BAR)) all.push(sequence())
    return { starts: union(all.map(({ starts }) => starts)), empty: all.some(({ empty }) => empty) }
  }

  function sequence(): First {
    const all: Starts[] = []
    let empty = true
    while (empty && at < source.length && !/[|)]/.test(source[at]!)) {
      const next = repeated(atom())
      all.push(next.starts)
      empty = next.empty
    }
    if (!empty) skip()
    return { starts: union(all), empty }
  }

  /** Skips to the end of the alternative. */
  function skip(): void {
    for (let depth = 0; at < source.length; at++) {
      take(PLAIN)
      const sign = source[at]
      if (depth === 0 && (sign === '|' || sign === ')')) return
      if (sign === '(') depth++
      if (sign === ')') depth--
    }
  }

  function repeated(first: First): First {
    const times = take(TIMES)
    const optional = times !== null && (/^[?*]/.test(times[0]) || times[1] === '0')
    return optional ? { ...first, empty: true } : first
  }

  function atom(): First {
    const group = take(OPEN)
    if (group) {
      const inner = alternatives()
      take(CLOSE)
      // Only consuming groups contribute; the others only look ahead or back.
      return /[=!]$/.test(group[0]) ? NOTHING : inner
    }
    if (take(EDGE)) return NOTHING
    const set = take(SET)
    if (set) return set[1] === '' ? { starts: members(set[2]!), empty: false } : WHATEVER
    const escape = take(ESCAPE)
    if (escape) return { starts: escaped(escape[0]), empty: false }
    const [character] = take(CHARACTER)!
    return character === '.' ? WHATEVER : { starts: new Set([foldCase(character)]), empty: false }
  }
  return { alternatives }
}

/** The characters of a set in square brackets. */
function members(set: string): Starts {
  const all: Starts[] = []
  for (const [part, from, to] of set.matchAll(/([^\\])-([^\\])|\\p\{[^}]*\}|\\.|[^]/gu)) {
    if (from !== undefined && to !== undefined) all.push(range(from, to))
    else all.push(part.startsWith('\\') ? escaped(part) : new Set([foldCase(part)]))
  }
  return union(all)
}

function range(from: string, to: string): Starts {
  const [first, last] = [from.codePointAt(0)!, to.codePointAt(0)!]
  return new Set(Array.from({ length: last - first + 1 }, (_, n) => foldCase(String.fromCodePoint(first + n))))
}

/** An escape: a digit, a line end, an escaped character, or a class of letters. */
function escaped(text: string): Starts {
  if (text === '\\d') return DIGITS
  if (text === '\\n') return new Set('\n')
  return /^\\[^\p{L}\d]$/u.test(text) ? new Set([text[1]!]) : ANY
}

function union(all: readonly Starts[]): Starts {
  if (all.length === 1) return all[0]!
  const sets = all.filter((starts) => starts !== ANY)
  return sets.length < all.length ? ANY : new Set(sets.flatMap((starts) => [...starts]))
}
