// The names that the phrasebook knows from tables: kept in the file info, bounded, and beyond that found by hashes.
import { describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { bareName } from '../../src/phrasebook/names/column-names.ts'
import { createNameIndex, hashedText, hashOf } from '../../src/phrasebook/names/name-index.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { vocabularyOf } from '../../src/phrasebook/names/vocabulary.ts'
import { scene } from './scene.ts'

const table = (...names: readonly string[]): FileInfo => ({
  kind: 'table',
  mime: 'text/csv',
  bytes: 100,
  rows: 2,
  columns: names.map((name, at) => ({ name, type: at === 0 ? 'text' : 'number' })),
})
const odd = (n: number): FileInfo =>
  table(...Array.from({ length: 500 }, (_, at) => `${'('.repeat(150)}${n * 500 + at}`))
const many = (...first: readonly FileInfo[]): Record<string, FileInfo> =>
  Object.fromEntries([...first, ...Array.from({ length: 12 }, (_, n) => odd(n))].map((card, n) => [`t${n}.csv`, card]))

describe('a vocabulary', () => {
  it('is made once of the same files', () => {
    const files = new Map(Object.entries(many()))
    const vocabulary = vocabularyOf(files)
    expect(vocabularyOf(new Map(files))).toBe(vocabulary)
    expect(vocabularyOf(new Map([...files, ['other.csv', table('a')]]))).not.toBe(vocabulary)
  })

  it('knows the newest tables with all words for their columns, the others by whole names', () => {
    const files = new Map(
      Object.entries({ ...many(table('Region', 'Sales amount (kUSD)')), 'last.csv': table('City') }),
    )
    const { tables, others } = vocabularyOf(files)
    expect(tables.map((columns) => columns.length)).toEqual([1])
    expect(others?.mentionedIn('bar chart of sales amount by region')).toEqual(['Sales amount (kUSD)', 'Region'])
    expect(others?.mentionedIn('sales')).toEqual([])
  })

  it('lets a request name a column of a table that is only known so', () => {
    const files = many(table('Region', 'Sales amount (kUSD)'))
    const request = understand('bar chart of sales amount by region', scene(files))
    expect(request).toMatchObject({ inputs: ['t0.csv'], jobs: [{ kind: 'chart', x: 'Region' }] })
    expect(understand('hello 7 frobnicate', scene(files))).toMatchObject({ code: 'not_understood' })
  })
})

describe('names in a text', () => {
  it('are the longest that fits, and the longest that is not short', () => {
    const index = createNameIndex([{ text: 'ab' }, { text: 'abcd', isShort: true }, { text: 'abcde' }])
    const at = (text: string) => index.longestAt(hashedText(text), 1, ({ text: name }) => name !== 'abcde')
    expect(at('-abcdef')).toEqual({ any: { text: 'abcd', isShort: true }, exact: { text: 'ab' } })
    expect(at('-abx')).toEqual({ any: { text: 'ab' }, exact: { text: 'ab' } })
    expect(at('-x')).toEqual({ any: undefined, exact: undefined })
  })

  it('have the hash of the piece wherever it stands', () => {
    const hashed = hashedText('xx灰度 (a)xx')
    expect(hashed.hashOf(2, 6)).toBe(hashOf('灰度 (a)'))
  })

  it.each([
    ['GDP (bn)', 'GDP'],
    ['GDP[bn]', 'GDP'],
    ['a (b) (c)', 'a'],
    ['((a)', '('],
    ['GDP', undefined],
    ['(all)', undefined],
    ['a (b', undefined],
    ['a\n(b)', undefined],
  ])('are of %j without brackets %j', (name, bare) => {
    expect(bareName(name)).toBe(bare)
    // The equivalent regular expression, which is quadratic.
    expect(/^(.+?) ?[([].*[)\]]$/.exec(name)?.[1]).toBe(bare)
  })
})
