// All tables of vega-datasets: real files with dates in words, codes with leading zeros, nested records and maps.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

const folder = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '../data')
const TYPES = { number: 'n', text: 't', date: 'd', boolean: 'b', empty: '-' }

/** The expected lines by file: rows and columns with types, or what the file is instead of a table. */
function expectedTables(): Map<string, string> {
  const lines = readFileSync(new URL('vega-datasets.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]))
}

test('each of the 68 files is read with the right rows and types, or said to be no table', async () => {
  const files = readdirSync(folder).filter((name) => /\.(?:csv|tsv|json)$/.test(name))
  const expected = expectedTables()
  expect(files.toSorted()).toEqual([...expected.keys()])
  for (const file of files) {
    const { rows, columns, notes, ...rest } = await readTable(join(folder, file))
    const found =
      'json' in rest
        ? `-\t${/is no table, but (.*?): it has no rows, and its content is in `json`/.exec(notes.at(-1) ?? '')?.[1]}`
        : `${rows.length}\t${columns.map(({ name, type }) => `${name.replaceAll(',', '،')}:${TYPES[type]}`).join(',')}`
    expect(`${file}\t${found}`).toBe(`${file}\t${expected.get(file)}`)
  }
})

test('values are those of the files', async () => {
  const read = async (file: string) => (await readTable(join(folder, file))).rows
  expect((await read('movies.json'))[0]).toMatchObject({ Title: 'The Land Girls', 'Release Date': '1998-06-12' })
  expect((await read('zipcodes.csv'))[0]).toMatchObject({ zip_code: '00501', state: 'NY' })
  expect((await read('monarchs.json')).find(({ name }) => name === 'Cromwell')).toMatchObject({ commonwealth: true })
  expect((await read('weekly-weather.json'))[0]).toMatchObject({ 'record.high': 62, 'normal.low': 38 })
  expect((await read('flights-2k.json'))[0]).toMatchObject({ date: '2001-01-01T06:55:00', delay: -19 })
})
