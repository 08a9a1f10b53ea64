// Misspelled names: "regoin" is read as region where no other name of a column or value is as near.
import { otherNames } from './column-names.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Lengths of words that are corrected; each is compared with names of about its length, so the work is bounded. */
const MIN_LENGTH = 4
const MAX_LENGTH = 30
/** Names compared at most. */
const MAX_NAMES = 5000

/** The only name within one edit of the word, or within two for long words; undefined if there is none. */
export function nearestName(word: string, { tables, values = new Map() }: Vocabulary): string | undefined {
  const plain = word.toLowerCase()
  if (plain.length < MIN_LENGTH || plain.length > MAX_LENGTH || !/^[a-z]+$/.test(plain)) return undefined
  const most = plain.length < 7 ? 1 : 2
  const near = new Map<string, string>()
  let compared = 0
  const compare = (name: string, meaning: string): void => {
    if (++compared > MAX_NAMES || Math.abs(name.length - plain.length) > most || !/^[a-z]+$/.test(name)) return
    const shown = near.get(meaning)
    if (
      editDistance(plain, name) <= most &&
      (shown === undefined || editDistance(plain, shown) > editDistance(plain, name))
    )
      near.set(meaning, name)
  }
  for (const table of tables) for (const [name, column] of otherNames(table)) compare(name, `column ${column}`)
  for (const [name, { column, value }] of values) compare(name, `value ${column} ${value}`)
  const best = [...near.values()].toSorted((a, b) => editDistance(plain, a) - editDistance(plain, b))
  const isOnly = best.length === 1 || (best.length > 1 && editDistance(plain, best[0]!) < editDistance(plain, best[1]!))
  return isOnly ? best[0] : undefined
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau, 1964: optimal string alignment). */
function editDistance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost, swaps ? before[j - 2]! + 1 : Infinity))
    }
    before = last
    last = row
  }
  return last[b.length]!
}
