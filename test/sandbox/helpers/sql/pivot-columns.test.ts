// Which words of a PIVOT may be columns that it reads.
import { expect, test } from 'vitest'
import { pivotWords } from '../../../../sandbox/helpers/sql/pivot-columns.ts'

test.each([
  ['pivot m on a using sum(b) as s group by c order by c', 'on a using sum b as s group by c order by c'],
  ['PIVOT "M" ON "Two ""words""" USING first("B") GROUP BY c;', 'on two "words" using first b group by c'],
  ["pivot m on a || '*' using sum(b / 2.5) group by c, d limit 3", 'on a using sum b group by c d limit'],
])('%s', (query, words) => {
  expect(pivotWords(query)?.join(' ')).toBe(words)
})

test.each([
  'pivot m on a using sum(b)',
  'pivot m on a using count(*) group by c',
  'pivot m on a using sum(b) -- group by c',
  'pivot m on a using sum("group", by) order by c',
  "pivot m on 'group by' using sum(b)",
  'pivot m as t on a using sum(t) group by c',
  'pivot m on a using first(m) group by c',
  'pivot (from m) on a using sum(b) group by c',
  'pivot (pivot m on a) on b group by c',
  'pivot m on a using sum(b) group by all',
  'pivot m on columns(x -> x) using sum(b) group by c',
  'pivot m on a using sum(#2) group by c',
  "pivot 'm.csv' on a using sum(b) group by c",
  'select pivot from m group by c',
])('%s may read anything', (query) => {
  expect(pivotWords(query)).toBeUndefined()
})
