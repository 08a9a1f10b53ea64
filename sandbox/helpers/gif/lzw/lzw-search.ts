// LZW over choices: where more than one colour number will do for a pixel, the one that lengthens the phrase is taken.
import { MAX_CHOICES, type Choices } from './choices.ts'
import { createCodes, MAX_CODES, putCode } from './codes.ts'
import { addPhrase, clearDictionary, createDictionary, phraseAfter } from './dictionary.ts'

export interface SearchingLzw {
  /** Starts a frame; `depth` is GIF's minimum code size, 2 to 8; `worth` what a pixel in a phrase is worth, as costs are. */
  begin(depth: number, worth: number, beam: number): void
  /** Codes `size` pixels; no phrase crosses from one call to the next. */
  feed(choices: Choices, size: number): void
  end(): Uint8Array
}

/** Phrases alive at once: no more than the choices of a pixel or the beam. */
const MAX_ALIVE = 16
/** Keeps the scores of the longest phrases within 32 bits. */
const MAX_WORTH = 4096

/**
 * LZW (Welch 1984, GIF89a appendix F) whose phrases may walk any path of the dictionary that the choices allow, keeping the
 * `beam` best (breadth-first, as in Lowerre's 1976 beam search); a phrase ends where worth less cost is highest.
 * Transparent-or-own pixels are choices without cost, so they stay lossless; similar colours cost what they add to the error
 * (the idea of gifsicle's --lossy by K. Lesinski, with rate and distortion weighed against each other).
 */
export function createSearchingLzw(): SearchingLzw {
  const codes = createCodes()
  const search = createSearch()
  const { dictionary } = search
  const restart = () => {
    putCode(codes, dictionary.clear)
    codes.restart()
    clearDictionary(dictionary)
  }
  return {
    begin(depth, worth, beam) {
      search.worth = Math.max(1, Math.min(MAX_WORTH, Math.round(worth)))
      search.beam = Math.min(beam, MAX_ALIVE)
      dictionary.clear = 1 << depth
      codes.begin(depth)
      restart()
    },
    feed(choices, size) {
      for (let i = 0; i < size; i = search.end) {
        follow(search, choices, i, size)
        addPhrase(dictionary, search.first)
        putCode(codes, search.node)
        if (dictionary.next === 1 << codes.width && codes.width < 12) codes.width++
        dictionary.previous = search.node
        if (dictionary.next === MAX_CODES) restart()
      }
    },
    end() {
      putCode(codes, dictionary.clear + 1)
      return codes.end()
    },
  }
}

type Search = ReturnType<typeof createSearch>

function createSearch() {
  return {
    dictionary: createDictionary(),
    worth: 1,
    beam: 1,
    /** The best phrase so far: its code, first symbol, the pixel after it and its score. */
    node: 0,
    first: 0,
    end: 0,
    score: 0,
    alive: createPhrases(),
    grown: createPhrases(),
  }
}

interface Phrases {
  readonly node: Int32Array
  readonly first: Int32Array
  readonly score: Int32Array
}

function createPhrases(): Phrases {
  const places = () => new Int32Array(MAX_ALIVE)
  return { node: places(), first: places(), score: places() }
}

/** Takes the phrase at place k, ending before pixel `end`, if it is as good as the best. */
function judge(search: Search, { node, first, score }: Phrases, k: number, end: number) {
  if (score[k]! < search.score) return
  search.score = score[k]!
  search.node = node[k]!
  search.first = first[k]!
  search.end = end
}

/** Follows phrases from pixel `start` to the best. */
function follow(search: Search, choices: Choices, start: number, size: number) {
  const { entries, counts } = choices
  const { alive, worth } = search
  let living = counts[start]!
  search.score = -0x80000000
  for (let k = 0; k < living; k++) {
    const entry = entries[start * MAX_CHOICES + k]!
    alive.node[k] = alive.first[k] = entry & 255
    alive.score[k] = worth - (entry >>> 8)
  }
  judge(search, alive, 0, start + 1)
  let at = start + 1
  while (living > 0 && at < size) {
    if (living === 1 && counts[at] === 1) {
      const end = runOn(search, choices, at, size)
      if (end === at) return
      at = end
      continue
    }
    living = grow(search, choices, at++, living)
  }
}

/** One phrase over pixels without choice: the end of the pixels it takes. */
function runOn(search: Search, { entries, counts, ahead }: Choices, start: number, size: number): number {
  const { alive, worth, dictionary } = search
  const { runs, runSymbols, longest, chains } = dictionary
  const first = alive.first[0]!
  let node = alive.node[0]!
  let at = start
  while (at < size && counts[at] === 1) {
    const symbol = entries[at * MAX_CHOICES]!
    if (ahead[at]! > 0 && runs[node]! > 0 && runSymbols[node] === symbol) {
      const most = Math.min(longest[symbol]!, runs[node]! + ahead[at]! + 1)
      if (most > runs[node]!) {
        at += most - runs[node]!
        node = chains[symbol]![most]!
        continue
      }
    }
    const child = phraseAfter(dictionary, node, symbol, first)
    if (child < 0) break
    node = child
    at++
  }
  alive.node[0] = node
  alive.score[0] = alive.score[0]! + worth * (at - start)
  judge(search, alive, 0, at)
  return at
}

/** All phrases by one pixel; the number that live on. */
function grow(search: Search, { entries, counts }: Choices, at: number, living: number): number {
  const { dictionary, worth, beam, alive, grown } = search
  const { node: children, first: firsts, score: scores } = grown
  const from = at * MAX_CHOICES
  const to = from + counts[at]!
  let born = 0
  let best = 0
  for (let k = 0; k < living; k++) {
    const node = alive.node[k]!
    const first = alive.first[k]!
    if (dictionary.followers[node] === 0 && node !== dictionary.previous) continue
    const most = alive.score[k]! + worth
    for (let c = from; c < to; c++) {
      const entry = entries[c]!
      const child = phraseAfter(dictionary, node, entry & 255, first)
      if (child < 0) continue
      const score = most - (entry >>> 8)
      const place = born < beam ? born++ : weakest(scores, beam, score)
      if (place < 0) continue
      children[place] = child
      firsts[place] = first
      scores[place] = score
      if (score > scores[best]!) best = place
    }
  }
  search.alive = grown
  search.grown = alive
  // A place may have changed hands since it was the best.
  if (born > 0) judge(search, grown, best, at + 1)
  return born
}

/** The place of the lowest score, or -1 if `score` does not beat it. */
function weakest(scores: Int32Array, size: number, score: number): number {
  let place = 0
  for (let k = 1; k < size; k++) if (scores[k]! < scores[place]!) place = k
  return scores[place]! < score ? place : -1
}
