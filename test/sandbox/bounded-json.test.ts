// Untrusted JSON is parsed as usual within bounds; what exceeds them is refused before any of it is built.
import { describe, expect, test } from 'vitest'
import { MAX_VALUES, parseJson } from '../../sandbox/bounded-json.ts'

const read = (json: string, most?: number): unknown => parseJson(Buffer.from(json), most)

describe('JSON of strangers', () => {
  test.each([
    ['a short one', '{"a":[1,2,{"b":null}]}'],
    ['text of what looks like values', JSON.stringify('[{,'.repeat(200_000))],
    ['text of quotes and backslashes', JSON.stringify({ ['"\\'.repeat(9000)]: '\\"[,'.repeat(100_000) })],
    ['as many values as there may be', `[${'0,'.repeat(MAX_VALUES - 2)}0]`],
    ['values one hundred deep', `${'['.repeat(100)}"${'x'.repeat(20_000)}"${']'.repeat(100)}`],
  ])('is read: %s', (_, json) => {
    expect(read(json)).toEqual(JSON.parse(json))
  })

  test.each([
    ['more values', `[${'0,'.repeat(MAX_VALUES)}0]`],
    ['empty objects', `[${'{},'.repeat(MAX_VALUES)}{}]`],
    ['values in values', '['.repeat(500_000)],
    ['members', `{${Array.from({ length: MAX_VALUES + 1 }, (_, i) => `"${i}":0`).join(',')}}`],
  ])('is refused unread: %s', (_, json) => {
    expect(() => read(json)).toThrow(RangeError)
  })

  test.each([
    ['a text without end', `"${'x'.repeat(20_000)}`],
    ['an escape at the end', `"${'x'.repeat(20_000)}\\`],
    ['two values', `{} ${' '.repeat(20_000)}{}`],
  ])('is the parser to refuse: %s', (_, json) => {
    expect(() => read(json)).toThrow(SyntaxError)
  })

  test('may have as many values as its reader says', () => {
    expect(read(`[${'0,'.repeat(60_000)}0]`, 100_000)).toHaveLength(60_001)
  })
})
