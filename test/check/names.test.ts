// Names of earlier cells as later cells see them.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'

let checker: Checker
beforeAll(() => {
  checker = createChecker()
})
beforeEach(() => checker.forget())
afterAll(() => checker.close())

/** The compiler's findings on a snippet, whether it may run or not. */
const messages = async (code: string): Promise<string[]> => {
  const verdict = await checker.check(code)
  const all = verdict.ok ? (verdict.hints ?? []) : verdict.diagnostics
  return all.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

test('a value, its type and an import are there for the next cell', async () => {
  checker.accept("import sharp, { type Sharp } from 'sharp'\nconst picture = sharp('a.png')", ['sharp', 'picture'])
  expect(await messages("const next: Sharp = picture.blur(2)\nawait sharp('b').toBuffer()")).toEqual([])
  expect(await messages('picture.blurr()')).toEqual([
    "1:9 Property 'blurr' does not exist on type 'Sharp'. Did you mean 'blur'?",
  ])
})

test('let may be assigned its own type, const may not', async () => {
  checker.accept("let n = 1\nvar s = 'a'\nconst c = 1, { d, e: [f] } = { d: 1, e: [2] }\nfunction g() {}", [
    'n',
    's',
    'c',
    'd',
    'f',
    'g',
  ])
  expect(await messages("n = 2; n++; s += 'b'")).toEqual([])
  expect(await messages("n = 'x'")).toEqual(["1:1 Type 'string' is not assignable to type 'number'."])
  expect(await messages('c = 2\nf = 3')).toEqual([
    "1:1 Cannot assign to 'c': it is imported or was declared const; declare it again with let.",
    "2:1 Cannot assign to 'f': it is imported or was declared const; declare it again with let.",
  ])
})

test('a name may be declared again, and the newest wins', async () => {
  checker.accept('const rows = [1]', ['rows'])
  expect(await messages("const rows = ['a']\nrows[0].toUpperCase()")).toEqual([])
  checker.accept("const rows = ['a']", ['rows'])
  expect(await messages('rows[0].toUpperCase()')).toEqual([])
  expect(await messages('rows[0].toFixed()')).toEqual([
    "1:9 Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?",
  ])
})

test('what an older cell made keeps its type when a name it used is declared again', async () => {
  checker.accept('const rows = [{ v: 1 }]', ['rows'])
  checker.accept('let factor = 2\nconst values = rows.map((row) => row.v)', ['factor', 'values'])
  checker.accept('const scaled = values.map((v) => v * factor)', ['scaled'])
  checker.accept("const rows = scaled.map(String), factor = 'x'", ['rows', 'factor'])
  expect(await messages('values[0].toFixed(); scaled[0].toFixed(); rows[0].trim(); factor.trim()')).toEqual([])
  expect(await messages('scaled[0].trim()')).toEqual(["1:11 Property 'trim' does not exist on type 'number'."])
})

test('classes and generics keep value, type and parameters', async () => {
  checker.accept(
    `class Box<T extends object> { value: T; constructor(value: T) { this.value = value } }
interface Pair<A, B = A> { a: A; b: B }
type Table<K extends string> = Record<K, number>
function first<T>(list: T[]): T { return list[0] }`,
    ['Box', 'first'],
  )
  expect(
    await messages(`const box: Box<{ x: string }> = new Box({ x: 'a' })
const pair: Pair<number> = { a: 1, b: 2 }, table: Table<'a'> = { a: 1 }
class Crate extends Box<{ y: number }> {}
new Crate({ y: 1 }).value.y.toFixed(); first(['a']).trim(); box instanceof Box`),
  ).toEqual([])
  expect(
    await messages("const box: Box<{ x: number }> = new Box({ x: 'a' })\nconst pair: Pair<number> = { a: 1, b: 'x' }"),
  ).toEqual([
    "1:7 Type 'Box<{ x: string; }>' is not assignable to type 'Box<{ x: number; }>'. Type '{ x: string; }' is not " +
      "assignable to type '{ x: number; }'. Types of property 'x' are incompatible. Type 'string' is not assignable to type 'number'.",
    "2:36 Type 'string' is not assignable to type 'number'.",
  ])
})

test('a type imported by an older cell is there, with its parameters', async () => {
  checker.accept(
    "import { Chart, type ChartConfiguration as Config } from 'chart.js'\nimport type { Sharp } from 'sharp'",
    ['Chart'],
  )
  expect(
    await messages(
      "const c: Config<'bar'> = { type: 'bar', data: { datasets: [] } }\nlet chart: Chart, s: Sharp\nChart.register()",
    ),
  ).toEqual([])
  expect(await messages("const c: Config<'bar'> = { type: 'pie', data: { datasets: [] } }")).toEqual([
    `1:28 Type '"pie"' is not assignable to type '"bar"'.`,
  ])
})

test('only what ran and persisted is there', async () => {
  checker.accept('const kept = 1, lost = 2\n{ const inner = 3 }', ['kept'])
  expect(await messages('kept')).toEqual([])
  expect(await messages('lost')).toEqual([
    "1:1 Cannot find name 'lost'. It is neither declared nor a global of the sandbox.",
  ])
  expect(await messages('inner')).toEqual([
    "1:1 Cannot find name 'inner'. It is neither declared nor a global of the sandbox.",
  ])
})

test('a global keeps its own type when a cell imports it by name', async () => {
  checker.accept("import { Buffer } from 'node:buffer'\nimport fs from 'fs'", ['Buffer', 'fs'])
  expect(await messages("Buffer.from('a').toString('hex'); fs.readFileSync('a').length")).toEqual([])
})

test('after the sandbox is emptied no name is left', async () => {
  checker.accept('const a = 1\ninterface B { c: string }', ['a'])
  checker.forget()
  expect(await messages('a\nlet b: B')).toEqual([
    "1:1 Cannot find name 'a'. It is neither declared nor a global of the sandbox.",
  ])
})

test('fifty cells on, a check is still quick: not many times what it takes with none', async () => {
  const quickest = async (code: string): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const start = performance.now()
      await checker.check(`${code} // ${i}`)
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  checker.forget()
  const none = await quickest('(1).trim()')
  for (let i = 0; i < 50; i++) checker.accept(`const v${i} = ${i === 0 ? '1' : `v${i - 1} + 1`}`, [`v${i}`])
  expect(await messages('v49.trim()')).toEqual(["1:5 Property 'trim' does not exist on type 'number'."])
  // A ratio within the run, of the fastest ones; a millisecond is noise.
  expect(await quickest('v49.trim()')).toBeLessThan(30 * Math.max(none, 5))
})

test('an import or a value of an earlier cell is meant where a global has its name', async () => {
  checker.accept("import crypto from 'node:crypto'\nlet performance = { score: 5 }", ['crypto', 'performance'])
  const use = "crypto.createHash('md5').update('a').digest('hex')\nperformance.score += 1"
  expect(await checker.check(use)).toEqual({ ok: true })
  expect(await checker.check('crypto.createHsah()')).toMatchObject({ ok: false })
  expect(await checker.check(`import crypto from 'node:crypto'\nconst performance = 2\n${use.split('\n')[0]}`)).toEqual(
    { ok: true },
  )
  checker.forget()
  expect(await checker.check('crypto.randomUUID()')).toEqual({ ok: true })
})
