// LZW over choices: if several colours are acceptable for a pixel, picks the one that extends the phrase.
import { MAX_CHOICES, type Choices } from './choices.ts'
import { createCodes, MAX_CODES, putCode } from './codes.ts'
import { addPhrase, clearDictionary, createDictionary, phraseAfter } from './dictionary.ts'

export interface SearchingLzw {
  /**
   * Starts a frame; `depth` is GIF's minimum code size, 2 to 8; `worth` is the value of a pixel in a phrase, in units
   * of cost.
   */
  begin(depth: number, worth: number, beam: number): void
  /** Codes `size` pixels; no phrase continues across calls. */
  feed(choices: Choices, size: number): void
  end(): Uint8Array
}

/** Maximum number of live phrases; at least a pixel's choices and the beam. */
const MAX_ALIVE = 16
/** Keeps the scores of the longest phrases within 32 bits. */
const MAX_WORTH = 4096

/**
 * LZW (Welch 1984, GIF89a appendix F) whose phrases may follow any dictionary path that the choices allow, keeping the
 * `beam` best (breadth-first, as in Lowerre's 1976 beam search). A phrase ends where its value minus its cost is
 * highest. Transparent is a choice without cost, so it stays lossless; similar colours cost the error that they add
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
        findBestPhrase(search, choices, i, size)
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

/** Makes phrase k, ending before pixel `end`, the best if its score is at least as high. */
function updateBest(search: Search, { node, first, score }: Phrases, k: number, end: number) {
  if (score[k]! < search.score) return
  search.score = score[k]!
  search.node = node[k]!
  search.first = first[k]!
  search.end = end
}

/** Extends phrases from pixel `start` and finds the best. */
function findBestPhrase(search: Search, choices: Choices, start: number, size: number) {
  const { entries, counts } = choices
  const { alive, worth } = search
  let living = counts[start]!
  search.score = -0x80000000
  for (let k = 0; k < living; k++) {
    const entry = entries[start * MAX_CHOICES + k]!
    alive.node[k] = alive.first[k] = entry & 255
    alive.score[k] = worth - (entry >>> 8)
  }
  updateBest(search, alive, 0, start + 1)
  let at = start + 1
  while (living > 0 && at < size) {
    if (living === 1 && counts[at] === 1) {
      const end = extendRun(search, choices, at, size)
      if (end === at) return
      at = end
      continue
    }
    living = extendPhrases(search, choices, at++, living)
  }
}

/** Extends a single phrase over pixels with one choice; returns the pixel at which it ends. */
function extendRun(search: Search, { entries, counts, ahead }: Choices, start: number, size: number): number {
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
  updateBest(search, alive, 0, at)
  return at
}

/** Extends all phrases by one pixel; returns how many survive. */
function extendPhrases(search: Search, { entries, counts }: Choices, at: number, living: number): number {
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
  // The slot may have been overwritten since it held the best.
  if (born > 0) updateBest(search, grown, best, at + 1)
  return born
}

/** The slot with the lowest score, or -1 if `score` does not exceed it. */
function weakest(scores: Int32Array, size: number, score: number): number {
  let place = 0
  for (let k = 1; k < size; k++) if (scores[k]! < scores[place]!) place = k
  return scores[place]! < score ? place : -1
}
