// Fuzzes the reading of text tables: tables in many languages and encodings, mutated as people's programs and accidents
// do. For a long run: node test/fuzz/tables.ts --seed 1 --count 2000
import { parseArgs } from 'node:util'
import iconv from 'iconv-lite'
import { decode } from '../../sandbox/helpers/table/encoding.ts'
import { createRandom, type Random } from './random.ts'
import { ENCODED, tableText, TEXT_KINDS } from './table-texts.ts'

export interface MutatedTable {
  readonly bytes: Uint8Array
  /** What a reader that is told the encoding makes of the bytes. */
  readonly expected: string
  readonly language: string
  readonly encoding: string
  readonly mutations: readonly string[]
}

const UNICODE = ['utf-8', 'utf-8', 'utf-8', 'utf-16le', 'utf-16be']

/** A table of the case with this seed. */
export function mutatedTable(seed: number): MutatedTable {
  const random = createRandom(seed)
  const [language, legacy] = random.pick(ENCODED)
  const encoding = random.chance(0.4) ? random.pick(UNICODE) : legacy
  const mutations: string[] = []
  const mutate = (name: string, share: number, change: () => void): void => {
    if (!random.chance(share)) return
    mutations.push(name)
    change()
  }
  let text = tableText(random, language, random.pick(TEXT_KINDS))
  mutate('shuffled cells', 0.3, () => (text = shuffleCells(random, text)))
  mutate('line ends', 0.4, () => (text = text.replaceAll('\n', random.pick(['\r\n', '\r']))))
  mutate('no last line end', 0.2, () => (text = text.trimEnd()))
  let bytes = new Uint8Array(iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') }))
  mutate('no mark', 0.5, () => {
    if (encoding.startsWith('utf-16')) bytes = bytes.slice(2)
  })
  mutate('mark', 0.3, () => {
    if (encoding === 'utf-8') bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])
  })
  mutate('cut off', 0.2, () => (bytes = bytes.slice(0, Math.ceil(bytes.length * (0.3 + random.below(700) / 1000)))))
  mutate('changed bytes', 0.25, () => {
    for (let n = 1 + random.below(2); n > 0; n--) bytes[random.below(bytes.length)] = 0x20 + random.below(224)
  })
  const expected = iconv.decode(Buffer.from(bytes), encoding)
  return { bytes, expected, language, encoding, mutations }
}

function shuffleCells(random: Random, text: string): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
  for (const line of lines) line.sort(() => random.below(3) - 1)
  return `${lines.map((line) => line.join(',')).join('\n')}\n`
}

export interface FuzzedTables {
  readonly tables: number
  readonly characters: number
  /** Characters that are wrong where no note says that the encoding was guessed or that something is not valid. */
  readonly silent: number
  /** Characters that are wrong in all. */
  readonly wrong: number
  /** The first failures: seeds with what happened. */
  readonly failures: readonly string[]
}

/** Reads so many tables from a seed on. Never throws: a crash is a failure. */
export async function fuzzTables(seed: number, count: number): Promise<FuzzedTables> {
  const failures: string[] = []
  let [characters, silent, wrong] = [0, 0, 0]
  for (let n = 0; n < count; n++) {
    const { bytes, expected, language, encoding, mutations } = mutatedTable(seed + n)
    const tell = (what: string): void => {
      failures.push(`seed ${seed + n}: ${language} in ${encoding} (${mutations.join(', ') || 'as it is'}): ${what}`)
    }
    characters += expected.length
    try {
      const read = await decode(bytes)
      const off = wrongCharacters(read.text, expected)
      if (off === 0) continue
      wrong += off
      if (read.notes.length === 0) silent += off
      if (off > 2)
        tell(`${off} characters wrong, read as ${read.encoding}${read.notes.length === 0 ? ', silently' : ''}`)
    } catch (error) {
      tell(`crashed: ${String(error)}`)
    }
  }
  return { tables: count, characters, silent, wrong, failures }
}

/** Characters beyond ASCII that are not as expected; how damage is shown does not matter. */
function wrongCharacters(text: string, expected: string): number {
  const marks = /[\uFFFD\u0080-\u009f]/g
  if (text.replaceAll(marks, '') === expected.replaceAll(marks, '')) return 0
  const left = new Map<string, number>()
  for (const char of expected) left.set(char, (left.get(char) ?? 0) + 1)
  let off = 0
  for (const char of text) {
    const count = left.get(char) ?? 0
    if (count > 0) left.set(char, count - 1)
    else if (char > '\u009f' && char !== '\uFFFD') off++
  }
  return off
}

if (import.meta.main) {
  const option = { type: 'string' } as const
  const { values } = parseArgs({ options: { seed: option, count: option } })
  const { failures, ...figures } = await fuzzTables(Number(values.seed ?? 1), Number(values.count ?? 2000))
  process.stdout.write(`${failures.map((one) => `${one}\n`).join('')}${JSON.stringify(figures)}\n`)
}
