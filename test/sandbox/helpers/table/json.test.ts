// Tables in JSON, whichever way they are written, and JSON that is no table.
import { expect, test } from 'vitest'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

const read = (value: unknown, options = {}) =>
  readTable(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), options)

test('records, lists, columns and objects by name are tables', async () => {
  const rows = [
    { x: 1, y: 'a' },
    { x: 3, y: 'b' },
  ]
  expect((await read(rows)).rows).toEqual(rows)
  expect(
    (
      await read([
        ['x', 'y'],
        [1, 'a'],
        [3, 'b'],
      ])
    ).rows,
  ).toEqual(rows)
  expect((await read({ x: [1, 3], y: ['a', 'b'] })).rows).toEqual(rows)
  expect((await read({ x: { 0: 1, 1: 3 }, y: { 0: 'a', 1: 'b' } })).rows).toEqual(rows)
  expect(
    (
      await read({
        columns: ['x', 'y'],
        index: [0, 1],
        data: [
          [1, 'a'],
          [3, 'b'],
        ],
      })
    ).rows,
  ).toEqual(rows)
  expect((await read({ north: rows[0], south: rows[1] })).rows).toEqual([
    { key: 'north', x: 1, y: 'a' },
    { key: 'south', x: 3, y: 'b' },
  ])
  expect((await read('[1,2,3]')).rows).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }])
})

test('a list inside is found, and one of several is chosen by its name', async () => {
  const value = { meta: { page: 1 }, result: { items: [{ a: 1 }, { a: 2 }], users: [{ name: 'x' }] } }
  expect(await read(value)).toMatchObject({
    rows: [{ a: 1 }, { a: 2 }],
    sheets: ['result.items', 'result.users'],
    notes: ["the rows are those of 'result.items'; others are 'result.users': pass { sheet: '…' }"],
  })
  expect((await read(value, { sheet: 'result.users' })).rows).toEqual([{ name: 'x' }])
  await expect(read(value, { sheet: 'users' })).rejects.toThrow(
    "readTable: there is no list 'users'; there are 'result.items', 'result.users'",
  )
})

test('nested objects become columns, lists their JSON', async () => {
  expect(
    await read([
      { a: 1, b: { c: 2, d: [1, 2] } },
      { a: null, b: null },
      { e: true, __proto__x: 1 },
    ]),
  ).toMatchObject({
    rows: [{ a: 1, 'b.c': 2, 'b.d': '[1,2]', e: null }, { a: null, 'b.c': null, 'b.d': null, e: null }, { e: true }],
    notes: ["column 'b.d': lists and objects are given as JSON text"],
  })
})

test('long integers keep their digits; what JSON lacks becomes null and is told', async () => {
  expect(await read('[{"id":12345678901234567890,"v":1e400},{"id":2,"v":-0.5}]')).toMatchObject({
    rows: [
      { id: '12345678901234567890', v: null },
      { id: '2', v: -0.5 },
    ],
    notes: [
      "column 'id': kept as text, since a number would lose digits of '12345678901234567890'",
      "column 'v': numbers above 1.8e308 became null (first: row 1)",
    ],
  })
  expect(await read('[{"v":NaN,"t":"NaN"},{"v":1,"t":"x"}]')).toMatchObject({
    rows: [
      { v: null, t: 'NaN' },
      { v: 1, t: 'x' },
    ],
    notes: ['NaN and Infinity, which JSON does not have, became null'],
  })
})

test('a line that is no JSON is left out and told', async () => {
  expect(await read('{"a":1}\n{"a":2\n{"a":3}\n')).toMatchObject({
    rows: [{ a: 1 }, { a: 3 }],
    notes: ['1 line left out, since it is not valid JSON: line 2'],
  })
  await expect(read('[{"a":1}')).rejects.toThrow(/^readTable: the table is not valid JSON: /)
})

test.each([
  [{ type: 'FeatureCollection', features: [{ type: 'Feature' }] }, 'GeoJSON, a collection of 1 features'],
  [{ type: 'Topology', objects: { land: {} }, arcs: [] }, "TopoJSON with 'land'"],
  [{ width: 2, height: 2, values: [1, 2, 3, 4] }, 'a matrix of 2 x 2 numbers'],
  [{ name: 'x', size: 3 }, 'an object without a list of rows'],
  [[], 'an empty list'],
  [[1, { a: 2 }], 'a list of 2 values of different kinds'],
])('what is no table is given as JSON: %j', async (value, what) => {
  expect(await read(value)).toMatchObject({
    rows: [],
    columns: [],
    json: value,
    notes: [`the table is no table, but ${what}: it has no rows, and its content is in \`json\``],
  })
})

test('a graph is none either, but its lists can be read', async () => {
  const graph = { nodes: [{ id: 'a' }, { id: 'b' }], links: [{ source: 'a', target: 'b' }] }
  expect((await read(graph)).notes).toEqual([
    "the table is no table, but a graph of 2 nodes and 1 links: it has no rows, and its content is in `json`; pass { sheet: 'nodes' } or 'links' for one of its lists",
  ])
  expect((await read(graph, { sheet: 'links' })).rows).toEqual([{ source: 'a', target: 'b' }])
})
