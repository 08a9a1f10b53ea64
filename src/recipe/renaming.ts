// Maps a recipe's own file names to those of the files it is run on: inputs by position, created files by their stems.
import { parse } from 'node:path'
import { baseOf, firstLetter, canEvaluateTo, isOneWord, createNameMatcher, lastLetter } from './file-names.ts'
import { rewriteLiterals, type Parts } from '../snippet/literals.ts'

export interface Renaming {
  /** The new name of each known one; no two are alike. */
  readonly names: ReadonlyMap<string, string>
  /** The snippet with the new names in its literals. */
  rewrite(code: string): string
  /** The final name of a result of the rewritten cells, even if it was made under its old name. */
  resultName(name: string): string
  /** The final name of a result of the original cells. */
  resultOf(name: string): string
}

export interface Renamed {
  readonly inputs: readonly string[]
  /** All files that the cells made. */
  readonly made: readonly string[]
}

/** Maps `inputs` to the names `given`. */
export function renameFiles({ inputs, made }: Renamed, given: readonly string[]): Renaming {
  const stems = stemsOf(inputs, given)
  const names = new Map(inputs.map((name, i) => [name, given[i] ?? name]))
  const taken = new Set(names.values())
  const others = [...new Set(made)].filter((name) => !names.has(name))
  const wanted = new Map(others.map((name) => [name, replaceStems(name, stems)]))
  // Names unrelated to the inputs' are assigned first and keep theirs.
  for (const name of others.sort((a, b) => Number(wanted.get(a) !== a) - Number(wanted.get(b) !== b))) {
    const free = freeName(wanted.get(name) ?? name, taken)
    taken.add(free)
    names.set(name, free)
  }
  const known = createNameMatcher(names.keys())
  const renamed = new Set(names.values())

  const template = (parts: Parts): string[] => {
    const [first = '', ...rest] = parts
    const stem = stems.find(({ from, to }) => from !== to && startsWithStem(baseOf(first), from))
    const comesTo = stem && others.some((name) => names.get(name) !== name && canEvaluateTo(parts, name))
    if (!comesTo) return [...parts]
    const base = baseOf(first)
    return [first.slice(0, first.length - base.length) + stem.to + base.slice(stem.from.length), ...rest]
  }
  return {
    names,
    rewrite: (code) =>
      rewriteLiterals(code, (parts) => {
        const written = known.replace(parts, (name) => names.get(name) ?? name)
        const isSame = written.every((text, i) => text === parts[i])
        return isSame && parts.length > 1 ? template(parts) : written
      }),
    resultName(name) {
      if (renamed.has(name)) return name
      const to = names.get(name)
      if (to !== undefined) return to
      return stems.some((stem) => startsWithStem(baseOf(name), stem.to)) ? name : replaceStems(name, stems)
    },
    resultOf: (name) => names.get(name) ?? replaceStems(name, stems),
  }
}

interface Stem {
  readonly from: string
  readonly to: string
}

/** Stems of the inputs, longest first, so that `cat-2` is not taken for `cat`. */
function stemsOf(inputs: readonly string[], given: readonly string[]): Stem[] {
  const pairs = inputs.map((name, i) => ({ from: parse(baseOf(name)).name, to: parse(baseOf(given[i] ?? name)).name }))
  const first = pairs.filter(({ from }, i) => from !== '' && pairs.findIndex((one) => one.from === from) === i)
  return first.sort((a, b) => b.from.length - a.from.length)
}

/** Whether the name starts with the stem as a whole word; Chinese words have no visible ends. */
function startsWithStem(base: string, stem: string): boolean {
  return base.startsWith(stem) && !continuesWord(lastLetter(stem), firstLetter(base.slice(stem.length)), false)
}

/** Whether a word continues across this point; in file names `_` separates words. */
function continuesWord(before: string, after: string, han: boolean): boolean {
  if (before === '_' || after === '_' || (!han && /\p{Script=Han}/u.test(before))) return false
  return isOneWord(before, after)
}

/** Replaces each input's stem where it is a word: at the start, or anywhere if it is long enough. */
function replaceStems(path: string, stems: readonly Stem[]): string {
  const base = baseOf(path)
  const { name, ext } = parse(base)
  let left = path.slice(0, path.length - base.length)
  for (let at = 0; at < name.length;) {
    const rest = name.slice(at)
    const before = name.slice(0, at)
    const isWordStart = at === 0 || !continuesWord(lastLetter(before), firstLetter(rest), true)
    const stem =
      isWordStart && stems.find(({ from }) => (at === 0 || isDistinctive(from)) && startsWithStem(rest, from))
    left += stem ? stem.to : firstLetter(rest)
    at += stem ? stem.from.length : firstLetter(rest).length
  }
  return left + ext
}

/** Whether the stem is too long to occur in a name by chance. */
function isDistinctive(stem: string): boolean {
  return stem.length >= 3 || /\p{Script=Han}{2}/u.test(stem)
}

/** `a.png`, `a (2).png` … */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const { dir, name, ext } = parse(wanted)
  for (let n = 1; ; n++) {
    const free = n === 1 ? wanted : `${dir === '' ? '' : `${dir}/`}${name} (${n})${ext}`
    if (!taken.has(free)) return free
  }
}
