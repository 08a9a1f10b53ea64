// Tables of files that a snippet reads again, in the sandbox: each reading is a table of its own, of the file as it is.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openNotesScene, type NotesScene } from '../child/notes-scene.ts'

const ROWS = 3000
let scene: NotesScene

beforeAll(async () => {
  scene = openNotesScene()
  const lines = Array.from({ length: ROWS }, (_, i) => `${i},${i === 40 ? 'many' : i * 2},город ${i % 5},3 €`)
  await scene.upload('big.csv', Buffer.from(`n,x,city,price\n${lines.join('\n')}\n`))
  await scene.upload('small.csv', Buffer.from('n;x\n1;2,5\n3;4,5\n'))
  await scene.upload('tree.json', Buffer.from('{"type":"FeatureCollection","features":[{"type":"Feature","id":1}]}'))
  await scene.printedBy("import fs from 'node:fs'\nimport { readTable, sql, describe } from 'easel'")
})
afterAll(() => scene.close())

test.each(['big.csv', 'small.csv'])('%s read again is the same table, with its notes', async (file) => {
  const code = `const a = await readTable('${file}'), b = await readTable('${file}')
console.log(a.rows !== b.rows, a.notes !== b.notes)
console.log(JSON.stringify(a) === JSON.stringify(b), JSON.stringify(a.columns.map((c) => c.values)) === JSON.stringify(b.columns.map((c) => c.values)))`
  expect(await scene.printedBy(code)).toBe('true true\ntrue true\n')
})

test('values that did not fit are noted each time', async () => {
  const code = "void (await readTable('big.csv'))"
  const first = await scene.notesOf(code)
  expect(first.join('\n')).toContain("column 'x'")
  expect(await scene.notesOf(code)).toEqual(first)
})

test('changes of rows and columns stay in their table', async () => {
  const code = `const c = await readTable('big.csv')
c.rows[0].n = 'changed'; c.rows.push({ n: 1 }); c.notes.push('mine'); c.columns[0].values[1] = 'x'
const d = await readTable('big.csv')
console.log(d.rows[0].n, d.rows.length, d.notes.includes('mine'), d.columns[0].values[1], c.rows[0].n)
console.log((await sql('select n from d order by n limit 1', { d }))[0].n, (await sql('select count(*) as k from c', { c: c.rows }))[0].k)`
  expect(await scene.printedBy(code)).toBe(`0 ${ROWS} false 1 changed\n0 ${ROWS + 1}\n`)
})

test('a file that was written since is read as it is', async () => {
  const code = `const before = await readTable('small.csv')
fs.writeFileSync('small.csv', 'n;x\\n1;9,5\\n3;4,5\\n')
console.log(before.rows[0].x, (await readTable('small.csv')).rows[0].x)
fs.appendFileSync('small.csv', '5;6,5\\n')
console.log((await readTable('small.csv')).rows.length)
fs.rmSync('small.csv')
await readTable('small.csv').catch((e) => console.log(e.code))
fs.copyFileSync('big.csv', 'small.csv')
console.log((await readTable('/mnt/data/small.csv')).rows.length)`
  expect(await scene.printedBy(code)).toBe(`2.5 9.5\n3\nENOENT\n${ROWS}\n`)
})

test('other options make another table', async () => {
  const code = `const plain = await readTable('big.csv'), headless = await readTable('big.csv', { header: false })
console.log(plain.columns[0].name, headless.columns[0].name, headless.rows.length - plain.rows.length)
console.log((await readTable('big.csv', { delimiter: ';' })).columns.length)`
  expect(await scene.printedBy(code)).toBe('n column 1 1\n1\n')
})

test('options count wherever they come from', async () => {
  const code = `const given = new (class { get delimiter() { return ';' } })()
console.log((await readTable('big.csv')).columns.length, (await readTable('big.csv', given)).columns.length)`
  expect(await scene.printedBy(code)).toBe('4 1\n')
})

test('calls end in their order, whether a table is there already or not', async () => {
  const both =
    "void (await Promise.all(['big.csv', 'other.csv', 'big.csv'].map(async (f) => { await readTable(f); console.log(f) })))"
  await scene.printedBy("fs.copyFileSync('big.csv', 'other.csv')")
  const once = await scene.printedBy(`const held = await readTable('other.csv'); ${both}`)
  await scene.printedBy("fs.copyFileSync('big.csv', 'other.csv')")
  expect([once, await scene.printedBy(both)]).toEqual(Array(2).fill('big.csv\nother.csv\nbig.csv\n'))
})

test('a second reading makes nothing anew', async () => {
  const code = `let kept = 0, asked = 0
const Before = WeakRef
globalThis.WeakRef = class { constructor(one) { kept++; this.one = one } deref() { asked++; return this.one } }
fs.copyFileSync('big.csv', 'hit.csv')
await readTable('hit.csv')
const first = [kept, asked]
await readTable('hit.csv')
globalThis.WeakRef = Before
console.log(...first, kept, asked)`
  expect(await scene.printedBy(code)).toBe('4 0 4 4\n')
})

test('a reading that a cell left unfinished holds up no later one', async () => {
  const left = await scene.notesOf(
    "fs.copyFileSync('big.csv', 'left.csv'); const p = readTable('missing.csv'), q = readTable('left.csv'); await sql('select 1 as x')",
  )
  expect(left.join()).toContain('ENOENT')
  const code = `console.log((await readTable('big.csv')).rows.length, (await readTable('left.csv')).rows.length)
console.log((await sql("select count(*) as k from 'left.csv'"))[0].k)`
  expect(await scene.printedBy(code)).toBe(`${ROWS} ${ROWS}\n${ROWS}\n`)
})

test('nor does a table that was on its way to the engine', async () => {
  await scene.printedBy(`const q1 = 'select sum(n) as s from t', t = Array.from({ length: 90_000 }, (_, n) => ({ n, text: 'text ' + n }))
console.log(await sql(q1, { t }))`)
  const left = await scene.notesOf(
    "t[0].n = 7; const r = sql(q1, { t }), p = readTable('missing.csv'); await sql('select 1 as x')",
  )
  expect(left.join()).toContain('ENOENT')
  expect(await scene.printedBy('console.log((await sql(q1, { t }))[0].s)')).toBe('4049955007\n')
})

test('tables that a cell reads one after another do not stay', async () => {
  const code = String.raw`fs.writeFileSync('x.csv', 'a,b,c,d,e,f,g,h\n' + '1,2,3,4,5,6,7,8\n'.repeat(100_000))
let sum = 0
for (let i = 0; i < 120; i++) {
  fs.copyFileSync('x.csv', 'y.csv')
  sum += (await readTable('y.csv')).rows.length
}
console.log(sum)`
  expect(await scene.printedBy(code)).toBe('12000000\n')
})

test('what was parsed of JSON may be changed', async () => {
  const code = `const one = await readTable('tree.json')
one.json.features.length = 0
console.log((await readTable('tree.json')).json.features.length)`
  expect(await scene.printedBy(code)).toBe('1\n')
})
