// What the type checker reports to a snippet's author, and what it lets pass.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { formatDiagnostics } from '../../src/check/diagnostics/messages.ts'

let checker: Checker
beforeAll(() => {
  checker = createChecker()
})
afterAll(() => checker.close())

const problems = async (code: string): Promise<readonly object[]> => {
  const verdict = await checker.check(code)
  return verdict.ok ? [] : verdict.diagnostics
}
const messages = async (code: string): Promise<string[]> => {
  const verdict = await checker.check(code)
  return verdict.ok ? [] : verdict.diagnostics.map(({ message }) => message)
}

describe('a mistake', () => {
  test('in the name of a method comes back with its place and a suggestion', async () => {
    expect(await problems("import sharp from 'sharp'\n\nawait sharp('a.png').grayscal().toFile('b.png')")).toEqual([
      {
        line: 3,
        column: 22,
        code: 'TS2551',
        message: "Property 'grayscal' does not exist on type 'Sharp'. Did you mean 'grayscale'?",
      },
    ])
  })

  test('in the name of an option comes back with its place and a suggestion', async () => {
    expect(await problems("import sharp from 'sharp'\nconst a = sharp('a.png').resize({ widht: 3 })")).toEqual([
      {
        line: 2,
        column: 35,
        code: 'TS2769',
        message:
          "No overload matches this call. Object literal may only specify known properties, but 'widht' does not exist in " +
          "type 'ResizeOptions'. Did you mean to write 'width'?",
      },
    ])
  })

  test('in a chart, a GIF, a canvas or a helper is found', async () => {
    const code = `import { Chart } from 'chart.js/auto'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { quantize } from 'gifenc'
import { createCanvas } from '@napi-rs/canvas'
new ChartJSNodeCanvas({ width: 1, height: 1 }).renderToBufer({} as any)
new Chart(createCanvas(1, 1) as any, { type: 'bra', data: { datasets: [] } })
quantize(new Uint8Array(4), 256, { format: 'rgb565x' })
createCanvas(1, 1).getContext('2d').fillRec(0, 0, 1, 1)`
    const found = await problems(code)
    expect(found.map((one) => (one as { line: number }).line)).toEqual([5, 6, 7, 8])
  })

  test('in the language stands alone', async () => {
    expect(await problems('nothing()\nconst b = = 2')).toEqual([
      expect.objectContaining({ line: 2, column: 11, code: 'TS1109' }),
    ])
  })

  test.each([
    [
      "fetch('x')",
      "'fetch' does not exist in the sandbox: the sandbox has no network; work with the files in /mnt/data.",
    ],
    [
      'document.body',
      "'document' does not exist in the sandbox: there is no browser; draw with createCanvas of '@napi-rs/canvas'.",
    ],
    [
      '__dirname',
      "'__dirname' does not exist in the sandbox: a snippet is not a file of a project; files are read by name from /mnt/data, the working directory.",
    ],
    [
      'new SharedArrayBuffer(1)',
      "'SharedArrayBuffer' does not exist in the sandbox: the sandbox has no threads, shared memory or WebAssembly.",
    ],
    [
      'WebAssembly.compile',
      "'WebAssembly' does not exist in the sandbox: the sandbox has no threads, shared memory or WebAssembly.",
    ],
    ["sharp('a')", "Cannot find name 'sharp'. Write: import sharp from 'sharp'."],
    ["Papa.parse('a')", "Cannot find name 'Papa'. Write: import Papa from 'papaparse'."],
    ['constructor', "Cannot find name 'constructor'. It is neither declared nor a global of the sandbox."],
    ['const widths = 1\nwidhts', "Cannot find name 'widhts'. Did you mean 'widths'?"],
  ])('an unknown name: %s', async (code, message) => {
    expect(await messages(code)).toEqual([message])
  })

  test('an enum is refused, as Node would', async () => {
    expect(await messages('enum A { B }')).toEqual([
      'Types are only stripped here, so enum, namespace, parameter properties and import = do not run; write a const object or plain fields.',
    ])
  })

  test('no message names a path of the host', async () => {
    const code = `import sharp from 'sharp'\nimport * as fs from 'fs'\nfs.sharpen()`
    const text = (await messages(code)).join('\n')
    expect(text).toContain('typeof import(')
    expect(text).not.toMatch(/node_modules|sandbox\/types|"\//)
  })

  test('ten are shown and the others counted', async () => {
    const found = await messages(Array.from({ length: 14 }, (_, i) => `const a${i} = b${i}`).join('\n'))
    expect(found).toHaveLength(10)
    expect(found[9]).toMatch(/^Cannot find name 'b9'\. .* \(And 4 more errors\.\)$/)
  })

  test('a long chain keeps its ends', () => {
    const message = [
      'First thing',
      ...Array.from({ length: 30 }, (_, i) => `  reason ${i} of many that nobody reads`),
      '  Last thing',
    ].join('\n')
    const [one] = formatDiagnostics([{ range: { start: { line: 0, character: 0 } }, severity: 1, code: 2322, message }])
    expect(one?.message).toBe('First thing. … Last thing.')
  })
})

describe('code that works is not refused', () => {
  test.each([
    ['parameters without types', 'function f(x, { y }, ...z) { return x + y + z }\n[1].map(f as any)'],
    [
      'an array and a variable that get their types from use',
      "const out = []\nout.push(1)\nlet best = null\nbest = { a: 1 }\nlet last\nlast = 'x'",
    ],
    [
      'an object used as a map',
      "const counts = {}\nfor (const key of ['a']) counts[key] = (counts[key] ?? 0) + 1\ncounts.total = 3",
    ],
    [
      'a value that may be missing',
      "const one = [{ a: 1 }].find((r) => r.a > 0)\none.a.toFixed(2)\nconst m = new Map<string, number>()\nm.get('a') + 1",
    ],
    ['the message of a caught error', 'try { JSON.parse("{") } catch (error) { console.log(error.message) }'],
    ['a value on the last line', 'const a = [1, 2]\na.length'],
    [
      'await anywhere',
      'for (const x of [1]) await Promise.resolve(x)\nawait new Promise((resolve) => setTimeout(resolve, 1))',
    ],
    [
      'bytes of any kind',
      "const bytes: Uint8Array<ArrayBuffer> = Buffer.from('a')\nnew Uint8ClampedArray(bytes.buffer, bytes.byteOffset, 1)",
    ],
    [
      'fields of a table',
      "import { readTable, barRace } from 'easel'\nconst { rows, columns } = await readTable('a.csv')\nrows.sort((a, b) => b.gdp - a.gdp)\n" +
        "rows.reduce((sum, row) => sum + row.gdp, 0).toFixed(columns.length)\nawait barRace(rows, { label: 'name' })",
    ],
    ['exports', 'export const a = 1\nexport function f() { return a }'],
  ])('%s', async (_what, code) => {
    expect(await problems(code)).toEqual([])
  })

  test('every global that people expect', async () => {
    const code = `console.log(new URL('a:b').href, new URLSearchParams('a=b').get('a'), new TextEncoder().encode('a').length)
console.table([new TextDecoder('utf-8').decode(new Uint8Array(1)), structuredClone({ a: 1 }).a, atob(btoa('a'))])
const timer = setTimeout(() => {}, 1); clearTimeout(timer); clearInterval(setInterval(() => {}, 1)); clearImmediate(setImmediate(() => {}))
queueMicrotask(() => {}); performance.now().toFixed(); Buffer.from('a').toString('base64'); import.meta.dirname; globalThis.foo = 1
new Intl.NumberFormat('zh-CN').format(1); [3, 1].toSorted(); Object.groupBy([1], () => 'a'); new Set([1]).union(new Set([2]))`
    expect(await problems(code)).toEqual([])
  })
})
