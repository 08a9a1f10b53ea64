// Finds names in a text by rolling hashes: a position costs one lookup per distinct name length, however long the names
// are and however many share a prefix. The base is random per process, so that nobody can construct collisions.
import { randomInt } from 'node:crypto'

const BASE = randomInt(2 ** 30) * 2 + 1

/** A text with prefix sums, so that the hash of any substring takes constant time. */
export interface HashedText {
  readonly text: string
  /** The hash of the substring at `at`, a small integer. */
  hashOf(at: number, length: number): number
}

export function hashedText(text: string): HashedText {
  const sums = new Int32Array(text.length + 1)
  const powers = new Int32Array(text.length + 1)
  powers[0] = 1
  for (let at = 0; at < text.length; at++) {
    sums[at + 1] = Math.imul(sums[at]!, BASE) + text.charCodeAt(at) + 1
    powers[at + 1] = Math.imul(powers[at]!, BASE)
  }
  return {
    text,
    hashOf: (at, length) => (sums[at + length]! - Math.imul(sums[at]!, powers[length]!)) >>> 2,
  }
}

/** The hash that `HashedText` gives for the same substring. */
export function hashOf(text: string): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum, BASE) + text.charCodeAt(at) + 1
  return sum >>> 2
}

/** A name to find; an `isShort` one has other meanings too. */
interface Named {
  readonly text: string
  readonly isShort?: boolean
}

/** The longest name at a position, and the longest that is not short. */
interface Found<T> {
  readonly any: T | undefined
  readonly exact: T | undefined
}

export interface NameIndex<T extends Named> {
  /** Of two names with the same text, the first is kept. */
  add(name: T): void
  /** Among the names at `at` for which `fits` is true. */
  longestAt(hashed: HashedText, at: number, fits: (name: T) => boolean): Found<T>
}

/** An index of these names, and of those added later. */
export function createNameIndex<T extends Named>(names: readonly T[] = []): NameIndex<T> {
  const any = new Map<string, T>()
  const exact = new Map<string, T>()
  const hashes = new Set<number>()
  /** Name lengths by first character, longest first. */
  const lengths = new Map<string, number[]>()
  const add = (name: T): void => {
    const { text, isShort = false } = name
    if (text === '') return
    if (!isShort && !exact.has(text)) exact.set(text, name)
    if (any.has(text)) return
    any.set(text, name)
    hashes.add(hashOf(text))
    const own = lengths.get(text[0]!) ?? []
    lengths.set(text[0]!, own)
    if (own.includes(text.length)) return
    const shorter = own.findIndex((length) => length < text.length)
    own.splice(shorter < 0 ? own.length : shorter, 0, text.length)
  }
  for (const name of names) add(name)
  return {
    add,
    longestAt(hashed, at, fits) {
      const left = hashed.text.length - at
      let longest: T | undefined
      for (const length of lengths.get(hashed.text[at]!) ?? []) {
        if (length > left || !hashes.has(hashed.hashOf(at, length))) continue
        const said = hashed.text.slice(at, at + length)
        const name = any.get(said)
        if (!name || !fits(name)) continue
        longest ??= name
        const own = exact.get(said)
        if (own) return { any: longest, exact: own }
      }
      return { any: longest, exact: undefined }
    },
  }
}
