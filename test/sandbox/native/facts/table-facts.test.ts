// The card of a table: what readTable says of it, how its columns are spread, and its rows, however large it is.
import { describe, expect, test } from 'vitest'
import { createRowCounter } from '../../../../sandbox/native/facts/count-rows.ts'
import { tableFacts } from '../../../../sandbox/native/facts/table-facts.ts'
import { card } from '../../../../sandbox/protocol.ts'

const factsOf = (content: Uint8Array | string) => {
  const bytes = Buffer.from(content)
  return tableFacts('t.csv', { size: bytes.length, read: (from, most) => bytes.subarray(from, from + most) })
}

describe('the card of a table', () => {
  test('has the types, ranges and spread of its columns', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) =>
        `${i},2024-0${1 + (i % 5)}-01,${['red', 'red', 'blue'][i % 3]},${i % 4 === 0},name ${i},${i % 2 === 0 ? '' : i % 3},`,
    )
    const facts = await factsOf(['n,day,colour,paid,name,few,none', ...rows].join('\n'))
    expect(card.safeParse({ kind: 'table', mime: 'text/csv', bytes: 1, ...facts }).success).toBe(true)
    expect(facts).toMatchObject({ encoding: 'utf-8', delimiter: ',', rows: 100 })
    const [n, day, ...others] = facts.columns
    expect(n).toEqual({ name: 'n', type: 'number', least: 0, most: 99, bins: Array.from({ length: 20 }, () => 5) })
    expect(day).toMatchObject({ name: 'day', type: 'date', least: '2024-01-01', most: '2024-05-01' })
    expect(day?.bins?.filter((count) => count > 0)).toEqual([20, 20, 20, 20, 20])
    expect(others).toEqual([
      { name: 'colour', type: 'text', distinct: 2, values: ['red', 'blue'], bins: [67, 33], top: ['red', 'blue'] },
      { name: 'paid', type: 'boolean', bins: [75, 25] },
      { name: 'name', type: 'text', distinct: 100, names: Array.from({ length: 100 }, (_, i) => `name ${i}`) },
      { name: 'few', type: 'number', missing: 50, least: 0, most: 2, bins: [17, 17, 16] },
      { name: 'none', type: 'empty' },
    ])
  })

  test('of a wide one has the spread of the first columns only', async () => {
    const names = Array.from({ length: 600 }, (_, i) => `c${i}`)
    const facts = await factsOf(
      `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n${names.map((_, i) => i + 1).join(',')}\n`,
    )
    expect(facts.columns).toHaveLength(500)
    expect(facts.columns.filter(({ bins }) => bins !== undefined)).toHaveLength(50)
  })

  test('of a blank one has no columns', async () => {
    expect(await factsOf('\n \n')).toMatchObject({ rows: 0, columns: [] })
  })

  test('of a large one covers its beginning, and counts all rows, in UTF-16 too', async () => {
    const row = (i: number): string => `${i},"two\nlines, ""quoted""",${'x'.repeat(40)}`
    const text = `id,note,rest\n${Array.from({ length: 60_000 }, (_, i) => row(i)).join('\n')}\n`
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      const facts = await factsOf(bytes)
      expect(facts.rows).toBe(60_000)
      expect(facts.seen).toBeLessThan(50_000)
      expect(facts.columns[0]).toMatchObject({ name: 'id', type: 'number', least: 0, most: facts.seen! - 1 })
    }
  })
})

describe('rows are counted', () => {
  const count = (text: string, size = 7): number => {
    const counter = createRowCounter(',')
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += size) counter.add(bytes.subarray(at, at + size))
    return counter.total()
  }
  test.each([
    ['a\nb\n', 2],
    ['a\nb', 2],
    ['a\r\n\r\n\n\nb\r\n', 2],
    ['', 0],
    ['1,"x\ny",2\n3,"a ""b""\n""c""",4\n', 2],
    ['5" pipe\n6" pipe\nend', 3],
    ['"whole\ncell"\nnext\n', 2],
    [`${'a long line without any end, '.repeat(20)}\nb`, 2],
  ])('of %j', (text, rows) => {
    for (const size of [1, 3, 7, 4096]) expect(count(text, size)).toBe(rows)
  })
})
