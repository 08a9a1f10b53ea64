// The compiler's messages for a snippet's author: which are kept, in which order, how long, and without paths.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PRODUCT_FOLDER, TYPES_FOLDER } from '../../src/check/type-checker/executable.ts'
import type { RawDiagnostic } from '../../src/check/type-checker/language-server.ts'
import { formatDiagnostics } from '../../src/check/diagnostics/messages.ts'

function raw(message: string, code: number | string | undefined = 2322, line = 0, character = 0): RawDiagnostic {
  return { range: { start: { line, character } }, ...(code === undefined ? {} : { code }), message }
}
const worded = (message: string): string | undefined => formatDiagnostics([raw(message)])[0]?.message
const codes = (...given: readonly number[]): number[] =>
  formatDiagnostics(given.map((code) => raw('a', code))).map(({ code }) => Number(code.slice(2)))

const NO_NETWORK = 'the sandbox has no network; work with the files in /mnt/data'
const NO_BROWSER = "there is no browser; draw with createCanvas of '@napi-rs/canvas'"
const NO_RUNTIME = 'cells run as in Node'
const NO_FILE = 'a snippet is not a file of a project; files are read by name from /mnt/data, the working directory'
const NO_THREADS = 'the sandbox has no threads, shared memory or WebAssembly'

describe('a name that is not there', () => {
  test.each([
    [NO_NETWORK, 'fetch XMLHttpRequest WebSocket EventSource Request Response Headers FormData'],
    [NO_BROWSER, 'document window navigator localStorage sessionStorage alert self requestAnimationFrame HTMLElement'],
    [NO_RUNTIME, 'Deno Bun'],
    [NO_FILE, 'module exports __dirname __filename'],
    [NO_THREADS, 'Worker SharedArrayBuffer Atomics WebAssembly MessageChannel BroadcastChannel'],
    ['use import', 'require'],
  ])('because %s', (reason, names) => {
    for (const name of names.split(' ')) {
      const sentence = `'${name}' does not exist in the sandbox: ${reason}.`
      expect(worded(`Cannot find name '${name}'.`)).toBe(sentence)
      expect(worded(`Cannot find namespace '${name}'.`)).toBe(sentence)
      expect(worded(`Cannot find name '${name}'. Do you need to install types for node?`)).toBe(sentence)
    }
  })

  test.each([
    ["import sharp from 'sharp'", 'sharp'],
    ["import { Chart } from 'chart.js/auto'", 'Chart'],
    ["import { ChartJSNodeCanvas } from 'chartjs-node-canvas'", 'ChartJSNodeCanvas'],
    ["import { * } from '@napi-rs/canvas'", 'createCanvas loadImage Image ImageData Path2D GlobalFonts'],
    ["import { * } from 'gifenc'", 'GIFEncoder quantize applyPalette'],
    ["import { * } from 'node:fs/promises'", 'readFile writeFile readdir'],
    ["import { * } from 'node:fs'", 'readFileSync writeFileSync readdirSync'],
    ["import { * } from 'node:util'", 'inspect promisify'],
    ["import { * } from 'node:crypto'", 'createHash randomUUID randomBytes'],
    ["import { * } from 'node:zlib'", 'gzipSync gunzipSync'],
    ["import { * } from 'node:events'", 'EventEmitter'],
    ["import { * } from 'node:stream'", 'Readable Transform'],
    ["import { * } from 'node:url'", 'fileURLToPath'],
    [
      "import { * } from 'easel'",
      'label stack grid sobel otsu animate barRace readTable chart summarize describe linearFit tTest',
    ],
    ["import fs from 'node:fs'", 'fs'],
    ["import path from 'node:path'", 'path'],
    ["import util from 'node:util'", 'util'],
    ["import zlib from 'node:zlib'", 'zlib'],
    ["import assert from 'node:assert'", 'assert'],
    ["import Papa from 'papaparse'", 'Papa'],
    ["import dayjs from 'dayjs'", 'dayjs'],
    ["import * as aq from 'arquero'", 'aq'],
    ["import * as d3 from 'd3-array'", 'd3'],
    ["import * as ss from 'simple-statistics'", 'ss'],
    ["import { * } from 'arquero'", 'op desc'],
    ["import { * } from 'd3-array'", 'rollup rollups bin extent'],
    ["import { * } from 'date-fns'", 'parseISO differenceInDays addDays addMonths'],
    ["import { * } from 'simple-statistics'", 'linearRegression linearRegressionLine sampleCorrelation'],
    ["import { * } from 'ml-regression'", 'SimpleLinearRegression PolynomialRegression MultivariateLinearRegression'],
  ])('until %s is written', (line, names) => {
    for (const name of names.split(' '))
      for (const advice of ['', ' Did you mean the instance member?'])
        expect(worded(`Cannot find name '${name}'.${advice}`)).toBe(
          `Cannot find name '${name}'. Write: ${line.replace('{ * }', `{ ${name} }`)}.`,
        )
  })

  test('at all, or that is nearly another', () => {
    const nowhere = (name: string): string =>
      `Cannot find name '${name}'. It is neither declared nor a global of the sandbox.`
    for (const name of ['constructor', 'toString', 'a', 'fetches'])
      expect(worded(`Cannot find name '${name}'.`)).toBe(nowhere(name))
    expect(worded("Cannot find name '$'. Do you need to install type definitions for jQuery?\nTry it.")).toBe(
      nowhere('$'),
    )
    expect(worded("Cannot find name 'a'. But: Did you mean 'b'?")).toBe(nowhere('a'))
    expect(worded("Cannot find name 'widhts'. Did you mean 'widths'?")).toBe(
      "Cannot find name 'widhts'. Did you mean 'widths'?",
    )
    expect(worded("Cannot find name 'a'. Try 'b'.")).toBe(nowhere('a'))
    const python = 'Cells are TypeScript; for pandas use readTable, for PIL sharp, for matplotlib chart.'
    expect(worded("Cannot find name 'list'. Did you mean 'lists'?")).toBe(
      "Cannot find name 'list'. Did you mean 'lists'?",
    )
    expect(worded("Cannot find name 'list'.")).toBe(`Cannot find name 'list'. ${python}`)
    expect(worded("Cannot find name 'True'. Did you mean 'true'?")).toBe(`Cannot find name 'True'. ${python}`)
    expect(worded("Cannot find name ''.")).toBe("Cannot find name ''.")
    expect(worded("Oh: Cannot find name 'a'.")).toBe("Oh: Cannot find name 'a'.")
    expect(worded("Cannot find module 'a'.")).toBe("Cannot find module 'a'.")
  })

  test('but as a global of a script', () => {
    const umd = 'refers to a UMD global, but the current file is a module. Consider adding an import instead.'
    expect(worded(`'Papa' ${umd}`)).toBe("Cannot find name 'Papa'. Write: import Papa from 'papaparse'.")
    expect(worded(`'Chart' ${umd}`)).toBe(`'Chart' ${umd}`)
    expect(worded(`Oh, 'Papa' ${umd}`)).toBe(`Oh, 'Papa' ${umd}`)
  })
})

test('a package without a default export is imported by its names', () => {
  const file = (path: string): string => `Module '"/x/node_modules/${path}"' has no default export.`
  const told = (name: string): string =>
    `'${name}' has no default export. Write: import * as name from '${name}', or import { … } from '${name}'.`
  expect(worded(file('arquero/dist/types/index'))).toBe(told('arquero'))
  expect(worded(file('@types/d3-array/index'))).toBe(told('d3-array'))
  expect(worded(file('simple-statistics/index'))).toBe(told('simple-statistics'))
  expect(worded(file('date-fns/index'))).toBe(told('date-fns'))
  expect(worded(file('date-fns/locale'))).toBe(told('date-fns/locale'))
  expect(worded(file('other/index'))).toBe(`Module '"other/index"' has no default export.`)
})

test('a constant is named as one', () => {
  expect(worded("Cannot assign to 'count' because it is an import.")).toBe(
    "Cannot assign to 'count': it is imported or was declared const; declare it again with let.",
  )
  for (const other of [
    "Cannot assign to '' because it is an import.",
    "Oh: Cannot assign to 'a' because it is an import.",
    "Cannot assign to 'a' because it is an import. b",
  ])
    expect(worded(other)).toBe(other.endsWith('.') ? other : `${other}.`)
})

describe('of all diagnostics', () => {
  test('syntax errors stand alone', () => {
    expect(codes(2322, 1000, 1999, 2000, 999)).toEqual([1000, 1999])
    expect(codes(2322, 1000, 2322)).toEqual([1000])
    expect(codes(2322, 999, 2000)).toEqual([2322, 999, 2000])
  })

  test.each([1294, 1340, 1360, 1361, 1362, 1371, 1484, 1485, 1286, 1287])('%i is none of syntax', (code) =>
    expect(codes(code, 2322)).toEqual([code, 2322]),
  )

  test('each place and number is told once, in the order of the text', () => {
    const given: [string, number, number, number][] = [
      ['f', 2, 3, 1],
      ['c', 1, 2, 2],
      ['b', 1, 2, 1],
      ['d', 2, 2, 2],
      ['e', 2, 3, 0],
      ['a', 1, 0, 9],
      ['g', 2, 3, 1],
    ]
    const told = formatDiagnostics(given.map(([message, code, line, character]) => raw(message, code, line, character)))
    expect(told.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`)).toEqual([
      '1:10 TS1 a.',
      '3:2 TS1 b.',
      '3:3 TS1 c.',
      '3:3 TS2 d.',
      '4:1 TS2 e.',
      '4:2 TS2 g.',
    ])
    const apart = [raw('a', 1, 0, 11), raw('a', 1, 10, 1), raw('a', 12, 2, 0), raw('a', 2, 2, 10)]
    expect(formatDiagnostics(apart)).toHaveLength(4)
    expect(formatDiagnostics([raw('a', 'x'), { range: raw('').range, message: 'a' }]).map(({ code }) => code)).toEqual([
      'TSx',
      'TS',
    ])
  })

  test.each([
    [10, 'a.'],
    [11, 'a. (And 1 more error.)'],
    [12, 'a. (And 2 more errors.)'],
  ])('of %i the tenth says how many are left', (count, message) => {
    const told = formatDiagnostics(Array.from({ length: count }, (_, line) => raw('a', 2322, line)))
    const texts = [...Array<string>(9).fill('a.'), message]
    expect(told).toEqual(texts.map((text, i) => ({ line: i + 1, column: 1, code: 'TS2322', message: text })))
  })
})

describe('a chain of reasons', () => {
  test('becomes one line of sentences, without a count of overloads', () => {
    expect(
      worded(
        'No overload matches this call.\n  Overload 1 of 2, x.\n    Overload 12 of 34, x\n  The last overload gave x.\n    a\n  b?\n c:',
      ),
    ).toBe('No overload matches this call. a. b? c:')
    expect(worded('a Overload 1 of 2\nOverload of 2\nOverload 1 of many\nOverload x of 2\nOverload  of 2')).toBe(
      'a Overload 1 of 2. Overload of 2. Overload 1 of many. Overload x of 2. Overload  of 2.',
    )
    expect(worded('a The last overload\n  b. c')).toBe('a The last overload. b. c.')
  })

  test('of 600 characters is whole; of a longer one the ends are told, each in 298', () => {
    const chain = (...lengths: number[]): string =>
      lengths.map((length, i) => `${i}`.padEnd(length - 1, 'x')).join('\n')
    expect(worded(chain(199, 200, 199))).toBe(chain(199, 200, 199).replaceAll('\n', '. ') + '.')
    expect(worded(chain(200, 201, 200))).toBe(`0${'x'.repeat(198)}. … 2${'x'.repeat(198)}.`)
    expect(worded(chain(298, 5, 298))).toBe(`0${'x'.repeat(296)}. … 2${'x'.repeat(296)}.`)
    expect(worded(chain(299, 5, 299))).toBe(`0${'x'.repeat(296)}… … 2${'x'.repeat(296)}…`)
    expect(worded(chain(599))).toBe(`0${'x'.repeat(597)}.`)
    expect(worded(chain(300, 301))).toBe(`0${'x'.repeat(298)}. 1${'x'.repeat(297)}…`)
    expect(worded(chain(300, 301))).toHaveLength(600)
    expect(worded(chain(600))).toBe(`0${'x'.repeat(598)}.`)
    expect(worded(chain(601))).toBe(`0${'x'.repeat(598)}…`)
  })
})

test('no path of the host is left', () => {
  expect(worded('a import("/x/y/node_modules/sharp/dist/index") b')).toBe('a import("sharp/dist/index") b.')
  expect(worded("a (/x/node_modules/b/node_modules/@types/node/fs) '/node_modules/c'")).toBe("a (node/fs) 'c'.")
  expect(worded('a /x/node_modules/b f(c)/node_modules/d <e>/node_modules/g')).toBe('a b f(c)d <e>g.')
  expect(worded('typeof</x/node_modules/a>`/x/node_modules/b`')).toBe('typeof<a>`b`.')
  expect(worded(`a ${TYPES_FOLDER}/b ${TYPES_FOLDER}/c`)).toBe('a b c.')
  expect(worded(`a ${PRODUCT_FOLDER}/b ${PRODUCT_FOLDER}/c`)).toBe('a b c.')
  expect(worded(`a ${path.dirname(PRODUCT_FOLDER)}/b ${path.dirname(PRODUCT_FOLDER)}/c`)).toBe('a b c.')
})
