// Tables over HTTP: rows of a view, read in a sandbox, with the same rules as the files.
import { expect, test } from 'vitest'
import type { TableShape, TableViewShape } from '../../src/http/schemas.ts'
import { openScene } from './scene.ts'
import { bring, filesOf, problemOf, type Client } from './client.ts'

const CITIES = ['北京', 'London', '广州', 'Paris']
const SALES = [
  'order_id,date,city,price,paid,year',
  ...Array.from({ length: 1000 }, (_, i) => {
    const price = i % 10 === 9 ? '' : (((i * 7919) % 1000) / 4).toFixed(2)
    return `${5000 + i},2024-0${1 + (i % 9)}-15,${CITIES[i % 4]},${price},${i % 3 === 0},${2000 + (i % 20)}`
  }),
].join('\n')

async function openTable(client: Client, content: Uint8Array | string = SALES, name = 'sales.csv') {
  const id = await client.session()
  const [file] = await bring(client, id, { [name]: content })
  const path = `/api/sessions/${id}/files/${file!.id}/table`
  const pathOf = (view: TableViewShape, more: Readonly<Record<string, string>> = {}): string =>
    `${path}?${new URLSearchParams({ view: JSON.stringify(view), ...more }).toString()}`
  const read = async (view: TableViewShape = {}, more: Readonly<Record<string, string>> = {}): Promise<TableShape> => {
    const answer = await client.fetch(pathOf(view, more))
    if (answer.status !== 200) throw new Error(await answer.text())
    return (await answer.json()) as TableShape
  }
  return { id, path, pathOf, read }
}

test('a table is read in windows: sorted, filtered and searched, with the types of its columns', async () => {
  const { client, logged } = await openScene()
  const { read } = await openTable(client())
  expect(await read({}, { from: '2', count: '2' })).toEqual({
    total: 1000,
    matching: 1000,
    from: 2,
    columns: [
      { name: 'order_id', type: 'number', decimals: 0, plain: true },
      { name: 'date', type: 'date' },
      { name: 'city', type: 'text' },
      { name: 'price', type: 'number', decimals: 2 },
      { name: 'paid', type: 'boolean' },
      { name: 'year', type: 'number', decimals: 0, plain: true },
    ],
    rows: [
      [5002, '2024-03-15', '广州', 209.5, false, 2002],
      [5003, '2024-04-15', 'Paris', 189.25, true, 2003],
    ],
    notes: [],
  })
  const ids = async (view: TableViewShape, count = '3'): Promise<unknown[]> => {
    const { rows, matching, refused = [] } = await read(view, { count })
    return [matching, rows.map(([id]) => id), refused]
  }
  expect(await ids({ sort: [{ column: 3, descending: true }] })).toEqual([1000, [5321, 5642, 5963], []])
  expect(
    await ids({
      sort: [
        { column: 2, descending: false },
        { column: 0, descending: true },
      ],
    }),
  ).toEqual([1000, [5996, 5992, 5988], []])
  expect(await ids({ filters: [{ column: 3, text: '=' }] })).toEqual([100, [5009, 5019, 5029], []])
  expect(
    await ids({
      filters: [
        { column: 3, text: '100..101' },
        { column: 2, text: '广' },
      ],
    }),
  ).toEqual([1, [5958], []])
  expect(
    await ids({
      filters: [
        { column: 1, text: '2024-07..' },
        { column: 4, text: 'yes' },
      ],
    }),
  ).toEqual([111, [5006, 5015, 5024], []])
  expect(await ids({ filters: [{ column: 3, text: 'dear' }] })).toEqual([1000, [5000, 5001, 5002], [3]])
  expect(await ids({ search: 'LOND' })).toEqual([250, [5001, 5005, 5009], []])
  // Past the end there are no rows, and a view without any is one.
  expect(await read({}, { from: '1000' })).toMatchObject({ matching: 1000, from: 1000, rows: [] })
  expect(await read({ search: 'nowhere' })).toMatchObject({ total: 1000, matching: 0, rows: [] })
  expect((await read({}, { count: '200' })).rows).toHaveLength(200)
  expect(logged).toEqual([])
})

test('a table of a hundred thousand rows shows its beginning at once, and every window of it later', async () => {
  const { client } = await openScene()
  const lines = Array.from({ length: 100_000 }, (_, i) => `${i},name ${i % 1000}`)
  const { read } = await openTable(client(), ['n,name', ...lines].join('\n'), 'long.tsv')
  const start = await read({}, { preview: '1', count: '1' })
  expect(start).toMatchObject({ isPart: true, rows: [[0, 'name 0']] })
  expect(start.total).toBeLessThan(50_000)
  expect(await read({}, { from: '99999' })).toMatchObject({ total: 100_000, rows: [[99_999, 'name 999']] })
  expect(await read({ sort: [{ column: 1, descending: true }] }, { count: '2' })).toMatchObject({
    rows: [
      [999, 'name 999'],
      [1999, 'name 999'],
    ],
  })
})

test('a wide table with long cells comes in smaller windows', async () => {
  const { client } = await openScene()
  const names = Array.from({ length: 600 }, (_, i) => `c${i}`)
  const row = names.map((_, i) => (i === 3 ? 'x'.repeat(5000) : String(i))).join(',')
  const { read } = await openTable(
    client(),
    [names.join(','), ...Array.from({ length: 100 }, () => row)].join('\n'),
    'wide.csv',
  )
  const { columns, allColumns, rows } = await read()
  expect([columns.length, allColumns, rows.length, rows[0]?.length]).toEqual([500, 600, 40, 500])
  expect(rows[0]?.[3]).toBe(`${'x'.repeat(399)}…`)
})

test('what is no table, an unclear query, a foreign session and a cancelled request are refused', async () => {
  const { client, service, logged } = await openScene()
  const one = client()
  const { id, path, pathOf } = await openTable(one)
  await bring(one, id, { 'shape.json': '{"type": "Point", "coordinates": [1, 2]}', 'none.csv': ' \n' })
  const pathOfFile = async (name: string): Promise<string> =>
    path.replace(/files\/.*\/t/, `files/${(await filesOf(one, id)).find((file) => file.name === name)!.id}/t`)
  expect(await problemOf(one.fetch(await pathOfFile('shape.json')))).toMatchObject({
    status: 422,
    code: 'not_a_table',
    detail: 'It is JSON without a list of rows, so it cannot be shown as a table.',
  })
  expect(await problemOf(one.fetch(await pathOfFile('none.csv')))).toMatchObject({
    code: 'not_a_table',
    detail: 'The file is empty',
  })
  expect(await problemOf(one.fetch(pathOf({}, { count: '201' })))).toMatchObject({
    status: 422,
    code: 'bad_request',
    detail: expect.stringContaining('"count" is not as it should be'),
  })
  expect(await problemOf(one.fetch(`${path}?view={`))).toMatchObject({ status: 422, code: 'bad_request' })
  expect(await problemOf(client().fetch(path))).toMatchObject({ status: 404, code: 'not_found' })
  expect(await problemOf(one.fetch(path.replace(/files\/.*\/t/, 'files/none/t')))).toMatchObject({ status: 404 })
  expect(await problemOf(one.fetch(path, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' })
  // Also of an idle session, which stays idle.
  await service.deactivate(id)
  expect((await one.fetch(path)).status).toBe(200)
  expect(service.active(id)).toBeUndefined()
  expect(logged).toEqual([])
})
