// Greedy coding of colour indexes as GIF's variable-length LZW codes: the fast coder.
import { createCodes, MAX_CODES, putCode, type Codes } from './codes.ts'

export interface Lzw {
  /** Starts a frame; `depth` is GIF's minimum code size, 2 to 8. */
  begin(depth: number): void
  feed(indices: Uint8Array, size: number): void
  end(): Uint8Array
}

const TABLE_BITS = 13
const TABLE_MASK = (1 << TABLE_BITS) - 1

interface Greedy {
  readonly codes: Codes
  /** Hash table with open addressing: key (phrase and symbol) above 12 bits of code; 0 is empty. */
  readonly table: Int32Array
  clear: number
  next: number
  /** The unfinished phrase of the last call, or -1. */
  phrase: number
}

/**
 * LZW (T. A. Welch, "A technique for high-performance data compression", 1984) as in GIF89a appendix F: codes of `depth
 * + 1` to 12 bits, lowest bit first, a clear code at the start and whenever the dictionary is full.
 */
export function createLzw(): Lzw {
  const state: Greedy = { codes: createCodes(), table: new Int32Array(1 << TABLE_BITS), clear: 0, next: 0, phrase: -1 }
  const { codes } = state
  return {
    begin(depth) {
      state.clear = 1 << depth
      state.phrase = -1
      codes.begin(depth)
      restart(state)
    },
    feed: (indices, size) => feed(state, indices, size),
    end() {
      putCode(codes, state.phrase)
      // The decoder adds an entry for the last code too, and may widen before the end code.
      if (state.next === 1 << codes.width && codes.width < 12) codes.width++
      putCode(codes, state.clear + 1)
      return codes.end()
    },
  }
}

function restart(state: Greedy) {
  putCode(state.codes, state.clear)
  state.codes.restart()
  state.table.fill(0)
  state.next = state.clear + 2
}

function feed(state: Greedy, indices: Uint8Array, size: number) {
  const { codes, table } = state
  let i = 0
  let phrase = state.phrase < 0 ? indices[i++]! : state.phrase
  for (; i < size; i++) {
    const symbol = indices[i]!
    const key = (phrase << 8) | symbol
    let slot = Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
    let entry = table[slot]!
    while (entry !== 0 && entry >>> 12 !== key) {
      slot = (slot + 1) & TABLE_MASK
      entry = table[slot]!
    }
    if (entry !== 0) {
      phrase = entry & 4095
      continue
    }
    putCode(codes, phrase)
    phrase = symbol
    if (state.next < MAX_CODES) {
      table[slot] = (key << 12) | state.next
      if (state.next === 1 << codes.width) codes.width++
      state.next++
    } else restart(state)
  }
  state.phrase = phrase
}
