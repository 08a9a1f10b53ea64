// Messages for refused imports: each at its position, with an alternative.
import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/check/preflight.ts'

const THERE_ARE =
  'Available modules: sharp, chart.js (/auto, /helpers), chartjs-node-canvas, gifenc, @napi-rs/canvas, canvas, papaparse, easel, ' +
  'd3-array, simple-statistics, dayjs (dayjs/plugin/NAME, dayjs/locale/NAME), arquero, date-fns, date-fns/locale, ml-regression, echarts, ' +
  'node:fs, node:fs/promises, node:path, node:buffer, node:util, node:crypto, node:zlib, node:url, node:events, ' +
  'node:stream, node:stream/promises, node:timers, node:timers/promises, node:assert, node:assert/strict, node:process.'
const READABLE = "This import cannot be read; write it as import name from 'module' or import { name } from 'module'."
const PLAIN = `import() takes a plain string here. ${THERE_ARE}`
const ESCAPES = `The name of a module is written without escapes. ${THERE_ARE}`
const MODULE = 'A snippet cannot declare a module; declare the types you need as interface or type.'
const REQUIRE = `There is no require in a snippet; use import. ${THERE_ARE}`
const REFERENCE = `A /// reference is not possible in a snippet. ${THERE_ARE}`
const JSX = 'A comment with @jsx would import something, and snippets have no JSX; reword it.'
const OTHER = `cannot be imported. ${THERE_ARE} Other packages are not installed; write what you need with these.`

/** Each problem as its column and message; every one is in the first line. */
const told = (snippet: string): string[] =>
  preflight(snippet).map(({ line, column, code, message }) => {
    expect([line, code]).toEqual([1, 'EASEL_IMPORT'])
    return `${column} ${message}`
  })

describe('a refusal stands at its place', () => {
  test.each([
    ["a; import 'x'", `11 'x' ${OTHER}`],
    ["a; import b from 'x'", `18 'x' ${OTHER}`],
    ["a; export * from 'x'", `18 'x' ${OTHER}`],
    ["a; import('x')", `11 'x' ${OTHER}`],
    ["a; import('x', { with: b })", `11 'x' ${OTHER}`],
    ["a; import('sharp' + b)", `4 ${PLAIN}`],
    ["a; import('sharp'", undefined],
    ["a; import('sharp' ')')", `4 ${PLAIN}`],
    ['a; import(`sharp`)', `4 ${PLAIN}`],
    ['a; import()', `4 ${PLAIN}`],
    ['a; import(b)', `4 ${PLAIN}`],
    ["a; import.defer('sharp')", `4 ${READABLE}`],
    ['a; import.', `4 ${READABLE}`],
    ['a; import b', `4 ${READABLE}`],
    ['a; import b from c', `4 ${READABLE}`],
    ["a; import b; from 'sharp'", `4 ${READABLE}`],
    ["a; import b 'sharp'", `4 ${READABLE}`],
    ["a; import b from from 'sharp'", undefined],
    ["a; import b = c; import d from 'sharp'", `4 ${READABLE}`],
    ["a; import b import c from 'sharp'", `4 ${READABLE}`],
    ["a; import { b, } 'from', 'sharp'", `4 ${READABLE}`],
    ["a; import '\\x73harp'", `11 ${ESCAPES}`],
    [String.raw`a; import 'c:\\a'`, `11 ${ESCAPES}`],
    ["a; import b from 'sharp\\\\'", `18 ${ESCAPES}`],
    ["a; import('\\x73harp')", `11 ${ESCAPES}`],
    ["a; declare module 'x' {}", `12 ${MODULE}`],
    ["a; declare namespace 'x' {}", `12 ${MODULE}`],
    ["a; declare 'x' {}", `4 ${MODULE}`],
    ["a; require('sharp')", "4 There is no require in a snippet; write import … from 'sharp'."],
    ["a; require('x')", `4 'x' ${OTHER}`],
    ['a; require(b)', `4 ${REQUIRE}`],
    ["a; require['sharp']", `4 ${REQUIRE}`],
    ["a; require, 'sharp'", `4 ${REQUIRE}`],
    ['a; require(`sharp`)', `4 ${REQUIRE}`],
    ["a; require('\\x73harp')", `4 ${REQUIRE}`],
    ["a; require.resolve('sharp')", `4 ${REQUIRE}`],
    ['a; /// <reference lib="x" />', `4 ${REFERENCE}`],
    ['a; ///   <  REFERENCE path="x"', `4 ${REFERENCE}`],
    ['a; ///\t<amd-module name="x" />', `4 ${REFERENCE}`],
    ['a; /* @jsx h */', `4 ${JSX}`],
    ['a; // @JSXRuntime classic', `4 ${JSX}`],
  ])('%s', (snippet, problem) => {
    // An unclosed comment is refused as such.
    if (snippet === "a; import('sharp'") return expect(preflight(snippet)[0]?.code).toBe('EASEL_SYNTAX')
    return expect(told(snippet)).toEqual(problem === undefined ? [] : [problem])
  })

  test('and they come in the order of the text, at most ten', () => {
    expect(told("/* @jsx */ import 'x'; // @jsx")).toEqual([`1 ${JSX}`, `19 'x' ${OTHER}`, `24 ${JSX}`])
    expect(told("import 'x'; /* @jsx */ import 'y'")).toEqual([`8 'x' ${OTHER}`, `13 ${JSX}`, `31 'y' ${OTHER}`])
    expect(preflight("import 'x'\n".repeat(11)).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test.each(['\n', '\r', '\r\n'])('lines and columns count from one, and %j ends a line', (lineBreak) => {
    expect(preflight(["import 'x'", '', " import 'y'"].join(lineBreak))).toMatchObject([
      { line: 1, column: 8 },
      { line: 3, column: 9 },
    ])
  })
})

test('what is no import is not refused', () => {
  for (const snippet of [
    "module('x'); namespace = 'x'; declare; declare\nlet from = 'x'",
    "'from' + 'x'; `from` + 'x'; from(`x`); from; 'x'",
    "a = { import: 'x', require: 'x', from: 'x' }; a.import('x'); a?.require('x'); a.from 'x'; a.module 'x'",
    "/* import 'x' */ // <reference path='x' />",
    '// /// <reference path="x" />',
    '/* <reference path="x" /> */ /// reference',
    '/// see <b>reference</b>',
    '/// <b>bold</b>',
    'a.import',
    'import.meta',
    'import',
    'require',
    "#import = 'x'",
  ])
    expect([snippet, ...preflight(snippet)]).toEqual([snippet])
})

describe('a hint', () => {
  const hinted = (name: string): string => told(`import '${name}'`)[0]?.split(`${THERE_ARE} `)[1] ?? ''
  const FILES = "Files are read by name, as in readFile('data.json') of node:fs/promises; code stays in the snippet."
  const NETWORK = 'The sandbox has no network; work with the files in /mnt/data.'
  const ALONE = 'The sandbox runs one snippet alone: no processes, threads or environment.'
  const PACKAGES = 'Other packages are not installed; write what you need with these.'

  test.each([
    [FILES, './a /a ../a ~/a . file:a File:///a c:/a C:/a'],
    [NETWORK, 'http:a https://a.b HTTPS://A fetch node-fetch Fetch axios x-axios-y http https http2 net tls dgram dns'],
    [NETWORK, 'node:http node:https node:http2 node:net node:tls node:dgram node:dns NODE:DNS'],
    [ALONE, 'child_process worker_threads cluster os vm'],
    [ALONE, 'node:child_process node:worker_threads node:cluster node:os node:vm'],
    [PACKAGES, 'a profile:a 1:/a ab:/a c:a xhttp: a-http httpx anet nets internet tlsx node:xnet xnode:net httpss'],
    [PACKAGES, 'my-os oss processes vms node:osx xnode:os subprocess child_processes chart.jsx sharpen fss'],
    ["Use 'dayjs' instead.", 'moment luxon'],
    ["Use 'd3-array' instead.", 'd3'],
    ["Use 'arquero' instead.", 'danfojs'],
    ["Use 'simple-statistics' instead.", 'jstat mathjs'],
    ["Use 'ml-regression' instead.", 'regression ml-matrix'],
    ["Use 'easel' instead.", 'xlsx exceljs'],
    ["Did you mean 'date-fns'?", 'date-fns/format'],
    ["Did you mean 'dayjs'?", 'dayjs/plugin/none'],
    ["Did you mean 'sharp'?", 'Sharp SHARP sharp/lib'],
    ["Did you mean 'chart.js/auto'?", 'Chart.js/Auto'],
    ["Did you mean 'chart.js'?", 'chart.js/auto/x chart.js/'],
    ["Did you mean 'node:fs/promises'?", 'node:FS/promises'],
  ])('%s', (hint, names) => {
    for (const name of names.split(' ')) expect([name, hinted(name)]).toEqual([name, hint])
  })
})

test('a long name is cut in the refusal', () => {
  const shown = (name: string): string => told(`import '${name}'`)[0]?.split("'")[1] ?? ''
  expect(shown('x'.repeat(80))).toBe('x'.repeat(80))
  expect(shown(`a${'x'.repeat(80)}`)).toBe(`a${'x'.repeat(79)}…`)
})

test('a snippet of 200,000 characters is not too long', () => {
  expect(preflight('x'.repeat(200_000))).toEqual([])
})
