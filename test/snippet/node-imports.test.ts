import { expect, test } from 'vitest'
import { withNodeImports } from '../../src/snippet/node-imports.ts'

test('a named import of gifenc becomes its default import and a destructuring, on the same line', () => {
  const code =
    "import sharp from 'sharp'\nimport { GIFEncoder, quantize as pick } from 'gifenc'\nconst gif = GIFEncoder()"
  expect(withNodeImports(code)).toBe(
    "import sharp from 'sharp'\nimport gifenc from 'gifenc'; const { GIFEncoder, quantize: pick } = gifenc\nconst gif = GIFEncoder()",
  )
})

test("dayjs is imported as the function that it is, and its parts by their files' names", () => {
  expect(withNodeImports("import * as dayjs from 'dayjs'\nimport { Dayjs } from 'dayjs'")).toBe(
    "import dayjs from 'dayjs'\nimport { type Dayjs } from 'dayjs'",
  )
  expect(withNodeImports('import utc from \'dayjs/plugin/utc\';\nimport "dayjs/locale/zh-cn"\nutc')).toBe(
    'import utc from \'dayjs/plugin/utc.js\';\nimport "dayjs/locale/zh-cn.js"\nutc',
  )
  const rewritten = "import utc from 'dayjs/plugin/utc.js'\nimport 'dayjs/locale/zh-cn.js'\nimport dayjs from 'dayjs'"
  expect(withNodeImports(rewritten)).toBe(rewritten)
})

test('an import over several lines leaves the lines below where they are', () => {
  const code = "import {\n  parse,\n  unparse,\n} from 'papaparse';\nparse('a')"
  expect(withNodeImports(code).split('\n').indexOf("parse('a')")).toBe(4)
})

test('a default import beside named ones keeps its name', () => {
  expect(withNodeImports("import Papa, { parse } from 'papaparse'")).toBe(
    "import Papa from 'papaparse'; const { parse } = Papa",
  )
})

test('types stay types', () => {
  expect(withNodeImports("import { type ParseResult, parse } from 'papaparse'")).toBe(
    "import papaparse from 'papaparse'; import type { ParseResult } from 'papaparse'; const { parse } = papaparse",
  )
  expect(withNodeImports("import { type ParseResult } from 'papaparse'")).toBe(
    "import { type ParseResult } from 'papaparse'",
  )
})

test('a name that the snippet uses otherwise is not taken', () => {
  expect(withNodeImports("import { GIFEncoder } from 'gifenc'\nconst gifenc = 1")).toBe(
    "import gifencPackage from 'gifenc'; const { GIFEncoder } = gifencPackage\nconst gifenc = 1",
  )
})

test.each([
  ['other packages', "import { stack } from 'easel'"],
  ['default imports', "import gifenc from 'gifenc'"],
  ['texts below the imports', "const text = `\nimport { GIFEncoder } from 'gifenc'\n`"],
])('%s are left alone', (_what, code) => {
  expect(withNodeImports(code)).toBe(code)
})

test('what follows the import is not run into it', () => {
  const rewritten = "import papaparse from 'papaparse'; const { parse } = papaparse;"
  expect(withNodeImports("import{parse}from'papaparse';parse('a')")).toBe(`${rewritten}parse('a')`)
  expect(withNodeImports("import { parse } from 'papaparse'\n[1].map(parse)")).toBe(`${rewritten}\n[1].map(parse)`)
})

test('a second import of a package uses the binding of the first', () => {
  expect(withNodeImports("import { GIFEncoder } from 'gifenc'\nimport { quantize } from 'gifenc'")).toBe(
    "import gifenc from 'gifenc'; const { GIFEncoder } = gifenc\nconst { quantize } = gifenc",
  )
  expect(withNodeImports("import Papa, { default as other, parse } from 'papaparse'")).toBe(
    "import Papa from 'papaparse'; const { default: other, parse } = Papa",
  )
})

test('a type that is imported like a value is marked, whatever stands around it', () => {
  expect(withNodeImports("import sharp, {\n  Sharp /* its type */,\n  cache as Cache,\n} from 'sharp'")).toBe(
    "import sharp, {\n  type Sharp /* its type */,\n  cache as Cache,\n} from 'sharp'",
  )
})
