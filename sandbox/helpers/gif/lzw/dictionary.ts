// The LZW decoder's dictionary, as needed by a coder that looks ahead.
import { MAX_CODES } from './codes.ts'

const TABLE_BITS = 13
const TABLE_MASK = (1 << TABLE_BITS) - 1

export interface Dictionary {
  /** Hash table with open addressing: key (phrase and symbol) above 12 bits of code; 0 is empty. */
  readonly table: Int32Array
  /** A 32-bit filter of the symbols (modulo 32) that may follow a phrase; it answers most lookups. */
  readonly followers: Int32Array
  /** Length of phrases that repeat one symbol; 0 for others. */
  readonly runs: Uint16Array
  readonly runSymbols: Uint8Array
  /** For each symbol the codes of its runs by length, up to the longest. */
  readonly chains: readonly number[][]
  readonly longest: Uint16Array
  clear: number
  next: number
  /** The last phrase written, which the decoder will extend by one symbol; -1 after a clear code. */
  previous: number
}

export function createDictionary(): Dictionary {
  return {
    table: new Int32Array(1 << TABLE_BITS),
    followers: new Int32Array(MAX_CODES),
    runs: new Uint16Array(MAX_CODES),
    runSymbols: new Uint8Array(MAX_CODES),
    chains: Array.from({ length: 256 }, (_, symbol) => [0, symbol]),
    longest: new Uint16Array(256),
    clear: 4,
    next: 6,
    previous: -1,
  }
}

export function clearDictionary(dictionary: Dictionary): void {
  const { clear, runs, runSymbols } = dictionary
  dictionary.table.fill(0)
  dictionary.followers.fill(0)
  dictionary.longest.fill(1)
  dictionary.next = clear + 2
  dictionary.previous = -1
  runs[clear + 2] = 0
  for (let symbol = 0; symbol < clear; symbol++) {
    runs[symbol] = 1
    runSymbols[symbol] = symbol
  }
}

/** The code of `phrase` followed by `symbol`, or -1. `first` is the phrase's first symbol. */
export function phraseAfter(dictionary: Dictionary, phrase: number, symbol: number, first: number): number {
  // The phrase may already use the entry that it is about to complete (the KwKwK case).
  if (phrase === dictionary.previous && symbol === first) return dictionary.next
  if (((dictionary.followers[phrase]! >>> symbol) & 1) === 0) return -1
  const { table } = dictionary
  const key = (phrase << 8) | symbol
  let slot = Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
  for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
    if (entry >>> 12 === key) return entry & 4095
    slot = (slot + 1) & TABLE_MASK
  }
  return -1
}

/** Adds the previous phrase extended by `symbol`, the first symbol of the current one, as the decoder does. */
export function addPhrase(dictionary: Dictionary, symbol: number): void {
  const { table, followers, runs, runSymbols, longest, previous, next } = dictionary
  if (previous < 0) return
  dictionary.next++
  const run = runs[previous]! > 0 && runSymbols[previous] === symbol ? runs[previous]! + 1 : 0
  runs[next] = run
  runSymbols[next] = symbol
  // The next entry may be looked up before it is complete.
  if (next + 1 < MAX_CODES) runs[next + 1] = 0
  if (run > longest[symbol]!) {
    longest[symbol] = run
    dictionary.chains[symbol]![run] = next
  }
  const key = (previous << 8) | symbol
  let slot = Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
  for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
    if (entry >>> 12 === key) return
    slot = (slot + 1) & TABLE_MASK
  }
  table[slot] = (key << 12) | next
  followers[previous] = followers[previous]! | (1 << symbol)
}
