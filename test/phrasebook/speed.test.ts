// The phrasebook runs on the shared event loop: reading any message takes only a moment.
import { describe, expect, it } from 'vitest'
import { ARGUMENT_PHRASES } from '../../src/phrasebook/phrases/arguments.ts'
import { CONDITION_PHRASES } from '../../src/phrasebook/phrases/conditions.ts'
import { FILLER_PHRASES } from '../../src/phrasebook/phrases/fillers.ts'
import { ANY, firstCharacters, foldCase } from '../../src/phrasebook/phrases/first-characters.ts'
import { OPERATION_PHRASES } from '../../src/phrasebook/phrases/operations.ts'
import { QUERY_PHRASES } from '../../src/phrasebook/phrases/queries.ts'
import { readingOf } from '../../src/phrasebook/parsing/reading.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { picture, scene, wide } from './scene.ts'
import { cpuMsOf } from '../measures.ts'

const PHRASES = [...OPERATION_PHRASES, ...ARGUMENT_PHRASES, ...FILLER_PHRASES, ...QUERY_PHRASES, ...CONDITION_PHRASES]
const VOCABULARY = {
  files: ['photo.png', 'data/sales.csv'],
  tables: [['name', 'value', '2001年', 'GDP (bn)'].map((name) => ({ name, type: 'text' }))],
}
const TEXTS: Readonly<Record<string, string>> = {
  English: 'make it gray and blur it by 3, then put it side by side with the original, ',
  prose: 'the quick brown fox jumps over the lazy dog and thinks about the philosophy of mathematics ',
  Chinese: '把图片变成灰度然后旋转九十度，再和原图左右拼接，',
  'Chinese prose': '床前明月光疑是地上霜举头望明月低头思故乡',
  'one character': '的',
  'one unknown character': '灰',
  'Chinese numerals': '一',
  digits: '1',
  'single digits': '1 ',
  figures: '12,',
  shares: '1% ',
  article: 'the ',
  articles: 'its two ',
  quotes: '"a',
  saying: 'says a ',
  commas: ',',
  dashes: '-',
  emoji: '😀',
  Cyrillic: 'Привет мир ',
  operations: 'gray 5 ',
  'file names': 'photo.png ',
  ranking: '年份最高的十二个',
}
const filled = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length)

function times(count: number, work: () => unknown): void {
  for (let done = 0; done < count; done++) work()
}

/** Whether one of seven runs takes less than this many milliseconds: the first ones include compilation. */
function isDoneIn(ms: number, work: () => unknown): boolean {
  return Array.from({ length: 7 }).some(() => cpuMsOf(work) < ms)
}

describe('the processor time that the phrasebook takes', () => {
  it.each(Object.entries(TEXTS))('is short for 4,000 characters of %s', (_, text) => {
    expect(isDoneIn(150, () => readingOf(filled(text, 4000), VOCABULARY))).toBe(true)
  })

  it.each(Object.entries(TEXTS))('grows no faster than the length of %s', (_, text) => {
    const read = (length: number) => () => readingOf(filled(text, length), VOCABULARY)
    // Quadratic time would be sixteen times as long. The sum of three, as a kernel may count in steps of four
    // milliseconds; repeated if too long, because of compilation and a busy machine.
    const isInProportion = (): boolean => {
      const whole = cpuMsOf(() => times(3, read(16_000)))
      const parts = cpuMsOf(() => times(3 * 16, read(1000)))
      return whole < 2.5 * Math.max(parts, 20)
    }
    expect(Array.from({ length: 6 }).some(isInProportion)).toBe(true)
  })

  it.each(Object.entries(TEXTS))('is short where 2,000 characters of %s are understood or refused', (_, text) => {
    const scenes = [scene({ 'photo.png': picture, 'b.png': picture }), scene({ 't.csv': wide })]
    for (const each of scenes) expect(isDoneIn(150, () => understand(filled(text, 2000), each))).toBe(true)
  })

  it('is short beside a thousand files whose names begin alike', () => {
    const files = Array.from({ length: 1000 }, (_, n) => `image-${n}.png`)
    expect(isDoneIn(300, () => readingOf(filled('image-999.png imagine ', 4000), { files, tables: [] }))).toBe(true)
  })
})

describe('a request of too many parts', () => {
  it('is refused with the limit and the figure', () => {
    expect(understand('gray, blur 3, '.repeat(60), scene({ 'photo.png': picture }))).toEqual({
      code: 'not_understood',
      message:
        'The request has 180 operations and values; the limit is 150. Split it into several, or connect a model (OPENAI_API_KEY / OPENAI_BASE_URL).',
    })
    expect(understand('灰度，'.repeat(151), scene({ 'photo.png': picture }))).toMatchObject({
      message: expect.stringContaining('请求里有 151 项操作和参数，最多 150 项。'),
    })
  })

  it('is read where there are as many as may be', () => {
    expect(understand('gray, blur 3, '.repeat(50), scene({ 'photo.png': picture }))).not.toHaveProperty('code')
  })
})

describe('the characters a phrase can begin with', () => {
  it.each([
    ['gr[ae]y', 'g'],
    ['(?:the )?top|first', 'ft'],
    ['(?:\\d+(?:\\.\\d+)?|one|十+)%', '0123456789o十'],
    ['-?[a-c]', '-abc'],
    ['(?<!x)(?=a)b', 'b'],
    ['a{0,2}\\(', '(a'],
    ['a{2}b', 'a'],
  ])('are for %s those of "%s"', (source, starts) => {
    expect([...firstCharacters(source)].toSorted().join('')).toBe(starts)
  })

  it.each(['\\p{L}x', '.', '[^a]', '(?:a|\\w)', 'a?'])('are any for %s', (source) => {
    expect(firstCharacters(source)).toBe(ANY)
  })

  it('include the one where a phrase matches, wherever it does', () => {
    for (const text of [...Object.values(TEXTS).map((each) => filled(each, 200)), filled('Σ=5 KB, ½ ＡＢ K ſ ', 60)]) {
      for (const { pattern, starts } of PHRASES) {
        const anywhere = new RegExp(pattern.source, 'giu')
        for (const { 0: found, index } of text.matchAll(anywhere))
          if (found !== '' && starts !== ANY) expect(starts).toContain(foldCase(text[index]!))
      }
    }
  })
})
