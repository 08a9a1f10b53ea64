// Dates in the ways in which people and programs write them.
import { expect, test } from 'vitest'
import { readerOfDates, type DateOrder } from '../../../../sandbox/helpers/table/dates.ts'

const read = (texts: string[], order?: DateOrder, isEuropean = false) => {
  const reader = readerOfDates(texts, order, isEuropean)
  return texts.map((text) => reader.read(text))
}

test('ISO 8601 keeps what it says: years and months, times, fractions and zones', () => {
  expect(
    read([
      '2024-01-31',
      '2024/1/3',
      '2024.01',
      '2024-01-31 10:00',
      '2024-01-31T10:00:05.25Z',
      '2023-12-25T00:00:00+0800',
    ]),
  ).toEqual([
    '2024-01-31',
    '2024-01-03',
    '2024-01',
    '2024-01-31T10:00:00',
    '2024-01-31T10:00:05.25Z',
    '2023-12-25T00:00:00+08:00',
  ])
})

test('days that do not exist are no dates', () => {
  expect(read(['2024-13-01', '2023-02-29', '2024-02-29', '2024-04-31', '2024-01-31 25:00', '2024-00-10'])).toEqual([
    undefined,
    undefined,
    '2024-02-29',
    undefined,
    undefined,
    undefined,
  ])
})

test('Chinese dates may end with the year or the month, and have a time', () => {
  expect(read(['2024年1月31日', '2023年12月', '2023年', '2024年1月31日 10:30', '2024年1月3日9时5分'])).toEqual([
    '2024-01-31',
    '2023-12',
    '2023',
    '2024-01-31T10:30:00',
    undefined,
  ])
})

test('a column decides whether the day or the month comes first', () => {
  expect(read(['01/02/2024', '12/25/2023'])).toEqual(['2024-01-02', '2023-12-25'])
  expect(read(['01/02/2024', '25/12/2023'])).toEqual(['2024-02-01', '2023-12-25'])
  expect(read(['01.02.2024'])).toEqual(['2024-02-01'])
  expect(read(['01/02/2024'], undefined, true)).toEqual(['2024-02-01'])
  expect(read(['01/02/2024'], 'dmy')).toEqual(['2024-02-01'])
  expect(read(['1/2/24 12:00 am', '3/4/69 9:05 PM', '3/4/70'])).toEqual([
    '2024-01-02T00:00:00',
    '2069-03-04T21:05:00',
    '1970-03-04',
  ])
  expect(readerOfDates(['01/02/2024']).isAmbiguous).toBe(true)
  expect(readerOfDates(['13/02/2024']).isAmbiguous).toBeUndefined()
})

test('months may be words of eight languages', () => {
  const texts = [
    '31 Jan 2024',
    'Dec 25, 2023',
    'Jan 1 2000',
    'March 3rd, 2024',
    '31-Dec-99',
    'Wed Jan 31 2024 10:00:00',
  ]
  const others = [
    'Mittwoch, 31. Januar 2024',
    '1er février 2024',
    '31 de enero de 2024',
    '31 января 2024 г.',
    '5 août 2021',
  ]
  expect(read(texts)).toEqual([
    '2024-01-31',
    '2023-12-25',
    '2000-01-01',
    '2024-03-03',
    '1999-12-31',
    '2024-01-31T10:00:00',
  ])
  expect(read(others)).toEqual(['2024-01-31', '2024-02-01', '2024-01-31', '2024-01-31', '2021-08-05'])
  expect(read(['Jan 2024', 'Sept 2020', 'Jan-24'])).toEqual(['2024-01', '2020-09', '2024-01'])
})

test('what only looks like a date is none', () => {
  const texts = [
    'May',
    '5 mars',
    '1.2',
    '192.168.1.1',
    '20240131',
    '10:30',
    '1-2-3',
    '555-1234',
    'foo 2024',
    'Mar 2024 x',
    '',
  ]
  expect(read(texts)).toEqual(texts.map(() => undefined))
})
