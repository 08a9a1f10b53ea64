// Reproducible randomness: a fuzzer's case is identified by its seed and number, which a failure reports.
import { parseArgs } from 'node:util'

export interface Random {
  /** A whole number from 0 to below `most`. */
  below(most: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  bytes(length: number): Buffer
}

/** Mulberry32: small, fast, and random enough for choices. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    below,
    chance: (share) => next() < share,
    pick: (from) => from[below(from.length)]!,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}

/** The bytes split anywhere: in one piece, byte by byte, or in between. */
export function cut(random: Random, bytes: Buffer): Buffer[] {
  const size = random.pick([bytes.length, 1, 3, 4, 5, 64, 1000, 65_536])
  if (bytes.length / size > 500) return [bytes]
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(Math.max(1, size * 2 - 1))
    // Copies, as each chunk of a pipe has its own memory.
    parts.push(Buffer.from(bytes.subarray(at, end)))
    at = end
  }
  return parts
}

export interface FuzzOptions {
  readonly seed: number
  readonly seconds: number
}

export interface Fuzzed {
  readonly cases: number
  /** How the cases ended, with counts. */
  readonly ends: Readonly<Record<string, number>>
}

/** One case: returns how it ended; throws on a failure. `input` is what to print then. */
export type FuzzCase = (random: Random, input: (shown: string) => void) => Promise<string>

/**
 * Runs cases for the given time; each can be repeated alone by its own seed. Rejects with the seed and input of the
 * first failure.
 */
export async function fuzz({ seed, seconds }: FuzzOptions, one: FuzzCase): Promise<Fuzzed> {
  const end = performance.now() + seconds * 1000
  const ends: Record<string, number> = {}
  let cases = 0
  let own = seed
  let shown = ''
  // An uncaught error would end the process or the test without a trace of its case.
  const tell = (error: Error): void =>
    void process.stderr.write(`Seed ${own} fell: ${error.stack}\nInput: ${shown.slice(0, 4000)}\n`)
  process.on('uncaughtExceptionMonitor', tell)
  do {
    own = (seed + cases) >>> 0
    shown = ''
    try {
      const ended = await one(createRandom(own), (text) => (shown = text))
      ends[ended] = (ends[ended] ?? 0) + 1
    } catch (error) {
      throw new Error(`Seed ${own} fell: ${(error as Error).message}\nInput: ${shown.slice(0, 4000)}`, { cause: error })
    }
    cases++
  } while (performance.now() < end)
  process.off('uncaughtExceptionMonitor', tell)
  return { cases, ends }
}

/** `--seconds 600 --seed 1` of a command line. */
export function readFuzzOptions(): FuzzOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { seconds: text, seed: text } })
  return { seconds: Number(values.seconds ?? 10), seed: Number(values.seed ?? Date.now() >>> 0) }
}
