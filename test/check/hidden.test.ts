// Imports in what the reader takes for text and the compiler, which repairs errors, takes for code. Each of the first
// lists was accepted once; of the second, none ever was.
import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/check/preflight.ts'

const SLASH =
  'It is not clear whether this / divides or starts a regular expression. To divide, end the line before with it or put ' +
  'the divisor in parentheses on its own line; for a regular expression write new RegExp(…) or put it in parentheses.'
const TEMPLATE =
  'It is not clear whether this } ends the code inside a template string, and what may be an import follows. Join ' +
  "strings instead: 'text ' + value + ' text'."
const CONFLICT = 'This line begins with the mark of a merge conflict. Delete the mark, or put a space before it.'

const problems = (code: string): readonly (readonly [number, string])[] =>
  preflight(code).map(({ column, message }) => [column, message])
const codes = (code: string): string[] => preflight(code).map((one) => one.code)

describe('a slash before which the compiler finds a whole operand or none', () => {
  test.each([
    'a. / import("os") / 1',
    'a?. / import("os") / 1',
    'a as b | / import("os") / 1',
    'a satisfies b & / import("os") / 1',
    'a as b extends c ? d : / import("os") / 1',
    'a as () => / import("os") / 1',
    'a as [b, / import("os") / 1]',
    'a as b[ / import("os") / 1]',
    'a as { b: / import("os") / 1 }',
    'a as A<B, / import("os") / 1 >',
    'a as A<B = / import("os") / 1 >',
    'a as if (b) / import("os") / 1',
    '({ if(x) / import("os") / 1 })',
    'class A { if(x): if(y) / import("os") / 1 }',
    'x = class { = / import("os") / 1 }',
    'x = class { / import("os") / 1 }',
    'x = { = / import("os") / 1 }',
    'x = { a = / import("os") / }',
    `type A = B /'/; import("os"); /'/`,
    `type A = B /'/; import a from "os"; /'/`,
    `let a: b /'/; import("os"); /'/`,
    `let a /'/; import("os"); /'/`,
    `type A = B / '); import("os"); '`,
    `type A = B / (a) [)] {}) \\) '); import "os"; '`,
    `type A = B / "}; import "os"; "`,
    `type A = B / "]; import "os"; "`,
    "type A = B /`/\nimport 'os'\n/`/",
    'type A = B /[/*]/; import("os"); //*/',
    `type A = B /'/; export * from "os"; /'/`,
    `type A = B /'/; export * "os"; /'/`,
    `type A = B /'/; \\u0069mport("os"); /'/`,
    `type A = B /'/; \\u{0069}mp\\u006Frt("os"); /'/`,
    `type A = B /'/; import<a>(\`os\`); /'/`,
    `type A = B /'/; declare module "os" {}; /'/`,
    `type A = B /'/; import("os`,
  ])('%s', (code) => expect([code, codes(code)]).toEqual([code, ['EASEL_SYNTAX']]))

  test('is told where it stands', () => {
    expect(problems('a. / import("os") / 1')).toEqual([[4, SLASH]])
    expect(problems('a. / b /; c. / import("os") / 1')).toEqual([[14, SLASH]])
  })
})

describe('a template that the compiler leaves before its end, or takes for longer', () => {
  test.each([
    ['`${a b} import("os")`', 7],
    ['`${a b} ${c} import("os")`', 12],
    ["type A = `${/'/}`; '` import \"os\" `'", 16],
    ['function(`${a}/*`){/*/b = import("os")*/}', 14],
    ['let a: `${/s/}import "os"`', 14],
    ['`${ `${a b} ${1}` } import("os")`', 19],
    ['`${ { a } } import("os")`', 11],
    ['`${ () => { x = { a ; } } + ` import("os") ` }`', 23],
  ])('%s', (code, column) => expect(problems(code)).toEqual([[column, TEMPLATE]]))

  test('a regular expression with a backtick in a substitution moves where the text begins', () => {
    expect(codes('`${/`/}`}`import("os")`')).toEqual(['EASEL_SYNTAX'])
  })
})

describe('the mark of a merge conflict', () => {
  test.each(['<<<<<<< a', '>>>>>>> a', '||||||| a', '======='])(
    '%s hides text from compilers and is refused',
    (mark) => {
      const column = 1
      expect(preflight(`a\n${mark}`)).toEqual([{ line: 2, column, code: 'EASEL_SYNTAX', message: CONFLICT }])
      expect(preflight(mark)).toHaveLength(1)
      expect(problems(`\`\n${mark}\n\``)).toEqual([])
      expect(problems(`a + // b\n/*\n${mark}\n*/ c`)).toEqual([])
    },
  )

  test('hides what looks like text behind it', () => {
    expect(problems("=======\n`\n>>>>>>> \nimport('os')\n`")).toEqual([[1, CONFLICT]])
    expect(problems('x = 1 <<<<<<< a')).not.toContainEqual([expect.any(Number), CONFLICT])
    expect(problems('\n<<<<<<<a')).not.toContainEqual([expect.any(Number), CONFLICT])
    expect(codes('`${a b}\n=======\n`\n======= \nimport("os")\n`${1}`')).toEqual(['EASEL_SYNTAX'])
  })
})

describe('a letter that the compiler does not know', () => {
  test.each(['import', 'export', 'module', 'namespace', 'from', 'require', 'declare'])(
    'is skipped, so that %s stands behind it',
    (word) => {
      expect(problems(`a; x𞗐${word} ("os")`)).toEqual([
        [4, `The name x𞗐${word} ends in the word ${word}; choose another name.`],
      ])
      expect(codes(`𞗐${word}é("os")`)).toEqual(['EASEL_SYNTAX'])
      expect(codes(`${word}é = é${word}s + é_${word}`)).toEqual([])
    },
  )

  test('is no flag of a regular expression', () => {
    expect(codes('x = /"/𞗐export * "os"')).toEqual(['EASEL_SYNTAX'])
  })

  test.each(["'\ud83d'", '\udc00a', 'a // \ud83d\ud83d'])('is no half of one: %j', (code) => {
    const message = 'There is half a character (a lone surrogate) here; write it as an escape, such as \\ud83d.'
    const column = code.search(/\p{Surrogate}/u) + 1
    expect(preflight(code)).toEqual([{ line: 1, column, code: 'EASEL_SYNTAX', message }])
    expect(preflight("'👍'")).toEqual([])
  })
})

describe('what held', () => {
  test.each([
    'a[0] /import("os")/ 1',
    'a as void / import("os") / 1',
    'a as unique symbol / import("os") / 1',
    'a satisfies this / import("os") / 1',
    'a as `x` / import("os") / 1',
    'x = <void>/ import("os") / 1',
    'x = {} / import("os") / 1',
    'a! / import("os") / 1',
    'import<%>("os")',
    'import</x/>("os")',
    'import(= "os")',
    'import(, "os")',
    'import a "os"',
    'import a, "os"',
    'import * "os"',
    'import { "os" } "x"',
    'import defer "os"',
    'import type { a } "os"',
    'import source a from "os"',
    'import type a = require("os")',
    'export import a = require("os")',
    'import("os", { with: {} })',
    'import("os" as any)',
    'let a: import("os", { with: {} })',
    'x.\nimport a from "os"',
    'declare module\n"os" {}',
    'declare module import("os") {}',
    '@import("os") class A {}',
    'new import("os")',
    '<!-- import("os")',
    '--> import("os")',
    'import\u2028"os"',
    'import/**/"os"',
    '0ximport("os")',
    '\\u0069mport("os")',
    'a\u200bimport("os")',
    '#!/usr/bin/env node\nimport("os")',
    '/// <REFERENCE\ttypes="os"/>',
    '/**/ /// <reference lib="es5"/>',
    '/* @jsxImportSource os */',
    '/// <amd-dependency path="os"/>',
  ])('%j', (code) => expect([code, preflight(code).length > 0]).toEqual([code, true]))

  test.each([
    '// @ts-ignore\n/** @import { a } from "os" */\n/** @type {import("os").A} */ let a',
    'a.#import("os")',
    '({ import: "os" })',
    'export * from ("os")',
    'export * from `os`',
    'export as "os"',
    'export * as "os"',
    'x = /[[/]import("os")[/]]/v',
  ])('no compiler imports anything in %j, and it is accepted', (code) => expect(preflight(code)).toEqual([]))
})

describe('a regular expression that is not closed ends', () => {
  test.each([
    'a / (\') import "os"; \' + 1)',
    'a / [\')] import "os"; \']',
    'a / {\')} import "os"; \'}',
    'a / \'\\) import "os"; \'',
    'a / \'import "os"; \'',
  ])('with its line, not at a bracket that it opened or escaped: %s', (code) => expect(codes(code)).toEqual([]))

  test.each(['a / \') import "os"; \'', 'a / \'] import "os"; \'', 'a / \'} import "os"; \''])(
    'before a bracket that it did not open: %s',
    (code) => expect(codes(code)).toEqual(['EASEL_SYNTAX']),
  )

  test('and what is a string or a comment in every reading is text', () => {
    expect(codes('`${[{}, \'import "os"\', 1]}`')).toEqual([])
    expect(codes('`${[{}, /* import "os" */ 1]}`')).toEqual([])
  })
})

describe('natural text about imports', () => {
  test.each([
    "// import data from 'people.csv'\nconst half = a / 2",
    "const half = a / 2 // import the data from 'people.csv' later",
    'const t = `${a / 2} of ${b}`\nconsole.log(\'import failed\', `the import of ${c} from "x"`)',
    "console.log(s.replace(/['\"`]/g, ''), 'import a from \"b\"')".replace('`', ''),
    "const code = 'import a from \"b\"'\nconsole.log(code.split('/').length / 2)",
    "fs.writeFileSync('a.js', `import express from 'express'\\n${body}`)",
    "const e = /import a from 'b'/.test(code)",
    'const title = `export {${names}}`\nconst x = 1 / 2',
    "const lines = text.split('\\n').filter((l) => /^import /.test(l))\nlines.map((l) => l.replace(/^import\\s+/, '')) // 'x'",
    '`\n=======\n${a}\n=======\n`',
    'x = a / b; y = \'import a from "sharp"\'',
    'x = `${a / b}`; y = "import(\'node:fs\')"',
  ])('%s', (code) => expect([code, preflight(code)]).toEqual([code, []]))
})
