// Rows of a table that are too many to be kept, as JSON in the sandbox; texts and tables that no file may hold.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../../../sandbox/limits.ts'
import { openSandbox, type Sandbox } from '../../../src/runner/sandbox.ts'

const ROWS = 100_503
const folder = mkdtempSync(join(tmpdir(), 'large-rows-'))
let sandbox: Sandbox
let cell = 1

beforeAll(async () => {
  sandbox = openSandbox({ folder: join(folder, 'sandbox'), limits: { ...defaultLimits(), fileBytes: 5_000_000 } })
  const file = join(folder, 'big.csv')
  const line = (_: unknown, i: number): string => `${i},${i % 3 === 0 ? '' : `城市 "${i % 7}"`},2024-01-0${(i % 9) + 1}`
  writeFileSync(file, `n,city,day\n${Array.from({ length: ROWS }, line).join('\n')}\n`)
  await sandbox.upload('big.csv', file)
  await run(`import fs from 'node:fs'
import { readTable, writeTable } from 'easel'
const { rows } = await readTable('big.csv')
const plain = rows.map((row) => ({ ...row }))`)
})

afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

async function run(code: string): Promise<[status: string, message: string | undefined, printed: string]> {
  let printed = ''
  const request = { cell, code, seed: cell, clock: 0, timeoutMs: defaultLimits().timeoutMs }
  cell++
  const end = await sandbox.run(request, (line) => {
    if (line.type === 'print') printed += line.text
  })
  return [end.status, end.message, printed]
}

test('there are more rows than are kept', async () => {
  expect(await run('console.log(Object.isFrozen(rows[0]), rows.length)')).toEqual(['ok', undefined, `true ${ROWS}\n`])
})

test.each([
  'rows',
  'rows, null, 2',
  "rows, undefined, '\\t'",
  "rows, ['n', 'day']",
  '{ rows, n: 1 }',
  "rows, (key, value) => (key === '100000' ? 'here' : value)",
])('JSON.stringify(%s) is that of plain objects', async (given) => {
  const plain = given.replace('rows', given.startsWith('{') ? 'rows: plain' : 'plain')
  const [status, message, printed] = await run(
    `const [a, b] = [JSON.stringify(${given}), JSON.stringify(${plain})]; console.log(a === b, a.length)`,
  )
  expect([status, message]).toEqual(['ok', undefined])
  expect(printed).toMatch(/^true \d{7,8}\n$/)
})

test('JSON.stringify is not the one that asks each row', async () => {
  expect(await run("console.log(String(JSON.stringify).includes('[native code]'))")).toEqual([
    'ok',
    undefined,
    'false\n',
  ])
})

test('JSON.stringify is as it was of everything else', async () => {
  const code = `console.log(JSON.stringify({ a: [1, 'x', null] }), JSON.stringify(undefined), JSON.stringify.name, JSON.stringify.length, 'prototype' in JSON.stringify)`
  expect(await run(code)).toEqual(['ok', undefined, '{"a":[1,"x",null]} undefined stringify 3 false\n'])
})

test('a long text is written whole, whatever its characters', async () => {
  const code = `const text = '😀'.repeat(1_200_000) + 'é'
fs.writeFileSync('long.txt', text)
console.log(text.length, fs.statSync('long.txt').size, fs.readFileSync('long.txt', 'utf8') === text)`
  expect(await run(code)).toEqual(['ok', undefined, '2400001 4800002 true\n'])
})

test('a text in several pieces is written whole, with a character where they meet', async () => {
  const code = `for (const before of [7_999_999, 8_000_000]) {
  const text = 'x'.repeat(before) + '😀' + 'y'.repeat(100)
  const bytes = Buffer.from(text)
  console.log(bytes.length - before, bytes.subarray(before - 1, before + 5).toString())
}`
  expect(await run(code)).toEqual(['ok', undefined, '104 x😀y\n104 x😀y\n'])
})

test.each([
  ['more characters than bytes are allowed', "fs.writeFileSync('kept.json', JSON.stringify(rows, null, 2), 'utf-8')"],
  ['more bytes than characters', "fs.writeFileSync('kept.json', '茶'.repeat(1_700_000))"],
  ['more than is left for a file', "fs.appendFileSync('kept.json', 'x'.repeat(4_999_995))"],
  ['a promise', "await fs.promises.writeFile('kept.json', 'x'.repeat(5_000_001), { encoding: 'UTF8' })"],
  ['a table as JSON', 'await writeTable(rows.concat(rows), "kept.json")'],
  ['a table as a page', 'await writeTable(rows, "kept.html")'],
])('what no file may hold is refused before it is whole, and what was there stays: %s', async (_, code) => {
  await run("fs.writeFileSync('kept.json', 'before')")
  const [status, message] = await run(code)
  expect(status).toBe('limit')
  expect(message).toMatch(
    /^The file "kept\.(?:json|html)" would have [5-9],\d{3},\d{3} bytes; the limit is 5,000,000\. Make it smaller\.$/,
  )
  expect(await run("console.log(fs.readFileSync('kept.json', 'utf8'))")).toEqual(['ok', undefined, 'before\n'])
})

test('a long text for a folder that there is not is refused for that', async () => {
  const [, message] = await run("fs.writeFileSync('no/long.txt', 'x'.repeat(6_000_000))")
  expect(message).toContain("ENOENT: no such file or directory, open 'no/long.txt'")
})

test('a toJSON of all arrays does not spoil it', async () => {
  const code = `const before = JSON.stringify(rows)
Array.prototype.toJSON = () => 'an array'
const after = JSON.stringify(rows)
delete Array.prototype.toJSON
console.log(after === before)`
  expect(await run(code)).toEqual(['ok', undefined, 'true\n'])
})
