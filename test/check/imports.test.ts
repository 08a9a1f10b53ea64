// What a snippet may import, and the tricks that would hide an import from a reader of text.
import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/check/preflight.ts'
import { MODULE_NAMES } from '../../sandbox/module-names.ts'
import { cpuMsOf } from '../measures.ts'

const THERE_ARE =
  'Available modules: sharp, chart.js (/auto, /helpers), chartjs-node-canvas, gifenc, @napi-rs/canvas, canvas, papaparse, easel, ' +
  'd3-array, simple-statistics, dayjs (dayjs/plugin/NAME, dayjs/locale/NAME), arquero, date-fns, date-fns/locale, ml-regression, echarts, ' +
  'node:fs, node:fs/promises, node:path, node:buffer, node:util, node:crypto, node:zlib, node:url, node:events, ' +
  'node:stream, node:stream/promises, node:timers, node:timers/promises, node:assert, node:assert/strict, node:process.'

const codes = (snippet: string): string[] => preflight(snippet).map(({ code }) => code)

describe('an import in the table', () => {
  test.each(MODULE_NAMES)('%s is accepted in every form', (name) => {
    const snippet = `import a from '${name}'
import * as b from "${name}"
import { c as d, type E } from '${name}'
import type { F } from '${name}'
import type G from '${name}'
import h, { i } from '${name}'
import '${name}'
export { j } from '${name}'
export * from '${name}'
const k = await import('${name}')
type L = import('${name}').L
let m: typeof import("${name}")
import.meta.url`
    expect(preflight(snippet)).toEqual([])
  })

  test('words in comments, strings, templates and members are only words', () => {
    const snippet = `// import x from 'os'; require('fs')
/* import('child_process') /// <reference path="x" /> */
const a = "import x from 'os'", b = 'require("os")', c = \`import('os') \${a} from 'os'\`
const d = Array.from('abc'), e = /import('os')/.test(a), f = { import: 1, require: 2, from: 3 }
f.import; f?.require; d.from
console.log(f.import / 2, "from 'x'" )`
    expect(preflight(snippet)).toEqual([])
  })
})

describe('a member that is called import', () => {
  test.each([
    "store.import('a.csv')",
    "const a = 1\nstore.import('a.csv')",
    "const a = []\nstore.import('a.csv')",
    "f()\nstore.import('a.csv')",
    "if (a) {\n  store.import('a.csv')\n}\nstore.import('b.csv')",
    "a; store?.import('a.csv')",
    "const a = stores.get('a')[0].b.import('a.csv')",
    "await store.import('a.csv')",
    "const a = b?.c.import('a.csv')",
    'declare const a: number; const module = a, namespace = a',
    "const f = () => { return store.import('a.csv') }",
    "this.import('a.csv')",
    "(a.import, b?.import / 2, 'c')",
    "({}).import('sharp')",
  ])('of something is no import: %s', (snippet) => expect([snippet, preflight(snippet)]).toEqual([snippet, []]))

  test('export {} before a string on the next line exports nothing of it', () => {
    expect(preflight("export {}\n'os'.length")).toEqual([])
  })
})

describe('an import outside the table', () => {
  test('is refused at its place with what there is', () => {
    expect(preflight("const a = 1\nimport axios from 'axios'")).toEqual([
      {
        line: 2,
        column: 19,
        code: 'EASEL_IMPORT',
        message: `'axios' cannot be imported. ${THERE_ARE} The sandbox has no network; work with the files in /mnt/data.`,
      },
    ])
  })

  test.each([
    ["import j from '/abs/x.json'", 'Files are read by name'],
    ["import j from './helper.ts'", 'Files are read by name'],
    ["import c from 'node:child_process'", 'no processes, threads or environment'],
    ["import l from 'lodash'", 'Other packages are not installed'],
    ["import h from 'chart.js/helper'", "Did you mean 'chart.js'?"],
    [
      "import z from 'chartjs-plugin-zoom'",
      'Plugins of Chart.js: chartjs-plugin-datalabels, chartjs-plugin-annotation,',
    ],
    ["import p from 'plotly.js'", "Use 'echarts' instead."],
    ["import s from 'Sharp'", "Did you mean 'sharp'?"],
    ["import h from 'https://example.org/x.js'", 'no network'],
    ["require('fs')", "There is no require in a snippet; write import … from 'fs'."],
  ])('%s has its hint: %s', (snippet, hint) => {
    const [problem] = preflight(snippet)
    expect(problem?.code).toBe('EASEL_IMPORT')
    expect(problem?.message).toContain(hint)
  })

  test.each([
    ["import '/etc/x.ts'"],
    ["import os from 'os'"],
    ["import os from\n\n/* x */ 'os'"],
    ["import type { A } from '/home/a.ts'"],
    ["import { type A } from '/home/a.ts'"],
    ["import a, * as b from '/home/a.ts'"],
    ["export { a } from '/home/a.ts'"],
    ["export * as a from '/home/a.ts'"],
    ["export type { A } from '/home/a.ts'"],
    ["export * 'os'"],
    ["export *\n'os'"],
    ["export * as a 'os'"],
    ["export * as 'a' 'os'"],
    ["export type * as a 'os'"],
    ["export { a } 'os'"],
    ["export { a as 'b', c } 'os'"],
    ["export type { A } 'os'"],
    [".export * 'os'"],
    ["a.export { b } 'os'"],
    [";.import('os')"],
    ["?.import('os')"],
    [".import 'os'"],
    ["𞗐.import('os')"],
    ["a[𞗐].import('os')"],
    ["a[b{}].import('os')"],
    ["a(b{}).import('os')"],
    [";.import a, 'os'"],
    [".import.defer('os')"],
    [".import<A>('os')"],
    ['.import(`os`)'],
    ["let a .import('os')"],
    ["let\na.import('os')"],
    ["let a: b.import('os')"],
    ["break a.import('os')"],
    ["function .import('os')"],
    ["this.type .import('os'); class .import('os')"],
    ["await import('os')"],
    ["await import /* x */ ('os')"],
    ["await import('o' + 's')"],
    ["await import('sharp' + 's')"],
    ['await import(`os`)'],
    ['await import(name)'],
    ["import.defer('os')"],
    ["import defer * as x from 'os'"],
    ["let a: import('/home/a.ts').A"],
    ["let a: typeof import('/home/a.json')"],
    ["import a = require('/home/a.ts')"],
    ['import a = Some.Name'],
    ["import a = Some.Name; export * from 'sharp'"],
    ["module 'os' {}"],
    ["namespace 'os' {}"],
    ["const a = require('os')"],
    ['const r = require; r("os")'],
    ["declare module '/home/a.ts' { }"],
    ["import j from '/abs/x.json' with { type: 'json' }"],
    ["import x from '\\u006fs'"],
    ["import x from 'sharp\\\n/../../os'"],
    ['/// <reference path="/home/a.ts" />'],
    ['///<reference types="node" />'],
    ['/// <amd-dependency path="/home/a.ts" />'],
    ['/** @jsxImportSource /home/a */'],
    ["`${await import('os')}`"],
    ["`a ${`b ${await import('os')}`} c`"],
    ["// a comment ends at a line separator\u2028import 'os'"],
    ["const a = 4 / 2; import('os'); const b = 4 / 2"],
    ["if (a) /'/.test(b); import('os'); /'/.test(c)"],
    ["const a = b / 2 // '\nimport 'os' // '"],
    ["a = b\n++/'/.lastIndex; import('os'); /'/"],
    ["x = y!\n!/'/.test(z); import('os'); /'/"],
    ["const a = { if: (x) => x }; a.if (1) / 2; import('os') / 2"],
  ])('%j is refused', (snippet) => {
    expect(codes(snippet)).toContain('EASEL_IMPORT')
  })
})

describe('text that only a parser could read for sure is refused', () => {
  test.each([
    ["type A = B\n/'/; import('os'); /'/"],
    ["function f() {}\n/'/.test(a); import('os'); /'/"],
    ["a = {} /'/; import('os'); /'/"],
    ["break\n/'/; import('os'); /'/"],
    ["let a: b\n/`/; import('os'); /`/"],
    ["x = y as Array<z> /'/; import('os'); /'/"],
    ["for (x of /'/) import('os') /'/"],
    ['\\u0069mport("os")'],
    ['"not closed\nimport "os"'],
    ['`not closed'],
    ['/* not closed'],
    ['if (a { b }'],
    ['a ) b'],
    ['#!/usr/bin/env node'],
    ['a \u0000 b'],
  ])('%j', (snippet) => {
    expect(codes(snippet)).toEqual(['EASEL_SYNTAX'])
  })

  test('a division at the start of a line is read where nothing else can be meant', () => {
    expect(preflight('const mean = (a + b)\n  / count\nconst c = total! / 2 / n++ / 3')).toEqual([])
  })

  test('the sentence says how to write it', () => {
    expect(preflight("a = {}\n/ '2' / '3'")).toEqual([
      {
        line: 2,
        column: 1,
        code: 'EASEL_SYNTAX',
        message:
          'It is not clear whether this / divides or starts a regular expression. To divide, end the line before with it ' +
          'or put the divisor in parentheses on its own line; for a regular expression write new RegExp(…) or put it in ' +
          'parentheses.',
      },
    ])
  })
})

describe('size', () => {
  test('a snippet past 200,000 characters is refused', () => {
    expect(preflight('x'.repeat(200_001))).toEqual([
      {
        line: 1,
        column: 1,
        code: 'EASEL_TOO_LONG',
        message: 'The snippet has 200001 characters; the limit is 200000. Put data in a file and read it.',
      },
    ])
  })

  test('brackets nested past 200 are refused where they pass it', () => {
    expect(preflight(`\nconst a = ${'['.repeat(300)}${']'.repeat(300)}`)).toEqual([
      {
        line: 2,
        column: 211,
        code: 'EASEL_TOO_DEEP',
        message: 'The snippet is nested more than 200 brackets deep; split it into smaller steps.',
      },
    ])
  })

  test('the largest snippet is read in time that grows with its length only', () => {
    const read = (): void => expect(preflight('a = b / 2 + `${c}`; '.repeat(10_000))).toEqual([])
    expect(cpuMsOf(read)).toBeLessThan(2_000)
  })
})
