// LZW over choices: where more than one colour number will do for a pixel, the one that lengthens the phrase is taken.
import { doubled, MOST_CODES } from './lzw.ts'

/** For each pixel up to `most` colour numbers, by rising cost; pixel i's k-th is at `i * most + k`. */
export interface Choices {
  readonly most: number
  readonly symbols: Uint8Array
  /** Rise of the squared error over the first choice. */
  readonly costs: Uint16Array
  readonly counts: Uint8Array
}

export interface SearchingLzw {
  /** Starts a frame; `depth` is GIF's minimum code size, 2 to 8; `worth` what a pixel in a phrase is worth, as costs are. */
  begin(depth: number, worth: number, beam: number): void
  /** Codes `size` pixels; no phrase crosses from one call to the next. */
  feed(choices: Choices, size: number): void
  end(): Uint8Array
}

const TABLE_BITS = 14
const TABLE_MASK = (1 << TABLE_BITS) - 1
/** Phrases alive at once: no more than the choices of a pixel or the beam. */
const MOST_ALIVE = 16

/**
 * LZW (Welch 1984, GIF89a appendix F) whose phrases may walk any path of the dictionary that the choices allow, keeping the
 * `beam` best (breadth-first, as in Lowerre's 1976 beam search); a phrase ends where worth less cost is highest.
 * Transparent-or-own pixels are choices without cost, so they stay lossless; similar colours cost what they add to the error
 * (the idea of gifsicle's --lossy by K. Lesinski, with rate and distortion weighed against each other).
 */
export function createSearchingLzw(): SearchingLzw {
  const table = new Int32Array(1 << TABLE_BITS)
  let out = new Uint8Array(1 << 16)
  let [clear, width, next, previous, held, bits, length, worth, beam] = [0, 0, 0, -1, 0, 0, 0, 1, 1]
  let alive = createSet()
  let grown = createSet()
  const best = { node: 0, first: 0, end: 0, score: 0.5 }

  /** The child of a phrase, or the complement of the table's slot for it. */
  const find = (key: number): number => {
    let slot = Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
    let entry = table[slot]!
    while (entry !== 0 && entry >>> 12 !== key) {
      slot = (slot + 1) & TABLE_MASK
      entry = table[slot]!
    }
    return entry === 0 ? ~slot : entry & 4095
  }
  /** Takes the phrase at place k, ending before pixel `end`, if none was better; longer wins between equals. */
  const judge = (set: Phrases, k: number, end: number) => {
    if (set.score[k]! < best.score || (set.score[k] === best.score && end === best.end)) return
    best.score = set.score[k]!
    best.node = set.node[k]!
    best.first = set.first[k]!
    best.end = end
  }
  /** Follows phrases from pixel `start`; the best goes to `best`. */
  const follow = (choices: Choices, start: number, size: number) => {
    const { most, symbols, costs, counts } = choices
    // The entry that this phrase will complete, previous + its first symbol, may already be used by it (KwKwK).
    const pending = next < MOST_CODES ? previous : -1
    best.score = -Infinity
    let living = counts[start]!
    for (let k = 0; k < living; k++) {
      alive.node[k] = alive.first[k] = symbols[start * most + k]!
      alive.score[k] = worth - costs[start * most + k]!
      judge(alive, k, start + 1)
    }
    let at = start + 1
    while (living > 0 && at < size) {
      if (living === 1 && counts[at] === 1) {
        const end = runOn(choices, at, size, pending)
        if (end === at) return
        at = end
        continue
      }
      living = grow(choices, at++, living, pending)
      ;[alive, grown] = [grown, alive]
      for (let k = 0; k < living; k++) judge(alive, k, at)
    }
  }
  /** One phrase over pixels without choice: the end of the pixels it takes. */
  const runOn = ({ most, symbols, counts }: Choices, start: number, size: number, pending: number): number => {
    const first = alive.first[0]!
    let node = alive.node[0]!
    let at = start
    for (; at < size && counts[at] === 1; at++) {
      const symbol = symbols[at * most]!
      const child = node === pending && symbol === first ? next : find((node << 8) | symbol)
      if (child < 0) break
      node = child
    }
    alive.node[0] = node
    alive.score[0] = alive.score[0]! + worth * (at - start)
    judge(alive, 0, at)
    return at
  }
  /** All phrases by one pixel, to `grown`; the number that live on. */
  const grow = ({ most, symbols, costs, counts }: Choices, at: number, living: number, pending: number): number => {
    const { node: nodes, first: firsts, score: scores } = alive
    const { node: children, first: childFirsts, score: childScores } = grown
    const from = at * most
    const to = from + counts[at]!
    let born = 0
    for (let k = 0; k < living; k++) {
      const node = nodes[k]!
      const first = firsts[k]!
      const most = scores[k]! + worth
      for (let c = from; c < to; c++) {
        const symbol = symbols[c]!
        const child = node === pending && symbol === first ? next : find((node << 8) | symbol)
        if (child < 0) continue
        const score = most - costs[c]!
        const place = born < beam ? born++ : weakest(childScores, beam, score)
        if (place < 0) continue
        children[place] = child
        childFirsts[place] = first
        childScores[place] = score
      }
    }
    return born
  }

  const put = (code: number) => {
    held |= code << bits
    bits += width
    while (bits >= 8) {
      out[length++] = held
      held >>>= 8
      bits -= 8
    }
  }
  const reset = () => {
    table.fill(0)
    width = Math.log2(clear) + 1
    next = clear + 2
    previous = -1
    if (length + 4 * MOST_CODES > out.length) out = doubled(out)
  }
  return {
    begin(depth, worthOfPixel, phrases) {
      clear = 1 << depth
      ;[held, bits, length, worth, beam] = [0, 0, 0, worthOfPixel, Math.min(phrases, MOST_ALIVE)]
      reset()
      put(clear)
    },
    feed(choices, size) {
      for (let i = 0; i < size; i = best.end) {
        follow(choices, i, size)
        if (previous >= 0) {
          const key = (previous << 8) | best.first
          const slot = find(key)
          if (slot < 0) table[~slot] = (key << 12) | next
          next++
        }
        put(best.node)
        if (next === 1 << width && width < 12) width++
        previous = best.node
        if (next === MOST_CODES) {
          put(clear)
          reset()
        }
      }
    },
    end() {
      put(clear + 1)
      if (bits > 0) out[length++] = held
      return out.slice(0, length)
    },
  }
}

interface Phrases {
  readonly node: Int32Array
  readonly first: Int32Array
  readonly score: Float64Array
}

function createSet(): Phrases {
  return {
    node: new Int32Array(MOST_ALIVE),
    first: new Int32Array(MOST_ALIVE),
    score: new Float64Array(MOST_ALIVE),
  }
}

/** The place of the lowest score, or -1 if `score` does not beat it. */
function weakest(scores: Float64Array, size: number, score: number): number {
  let place = 0
  for (let k = 1; k < size; k++) if (scores[k]! < scores[place]!) place = k
  return scores[place]! < score ? place : -1
}
