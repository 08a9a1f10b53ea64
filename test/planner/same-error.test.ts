import { expect, test } from 'vitest'
import { sameError } from '../../src/planner/same-error.ts'

const problem = (line: number, message: string, code = 'TS2551') => ({ line, column: 1, code, message })

test('An error is the same on another line and with other figures', () => {
  const timeout = (ms: string) => ({ status: 'timeout', message: `The cell ran longer than 60 s (${ms} ms).` })
  expect(sameError(timeout('60,012'), timeout('60,044'))).toBe(true)
  const rejected = (line: number) => ({ status: 'rejected', diagnostics: [problem(line, "Did you mean 'grayscale'?")] })
  expect(sameError(rejected(1), rejected(9))).toBe(true)
})

test('An error is another one with another status, name, or problem', () => {
  expect(
    sameError({ status: 'threw', message: 'a is not defined' }, { status: 'threw', message: 'b is not defined' }),
  ).toBe(false)
  expect(sameError({ status: 'threw', message: 'x' }, { status: 'limit', message: 'x' })).toBe(false)
  expect(
    sameError({ status: 'threw', message: "no file 'a1.png'" }, { status: 'threw', message: "no file 'a2.png'" }),
  ).toBe(false)
  const rejected = (...messages: string[]) => ({
    status: 'rejected',
    diagnostics: messages.map((message, i) => problem(i, message)),
  })
  expect(sameError(rejected('a', 'b'), rejected('b', 'a', 'a'))).toBe(true)
  expect(sameError(rejected('a', 'b'), rejected('a'))).toBe(false)
})

test('An edit that cannot be made is the same error only while it looks for the same piece', () => {
  const refused = (message: string) => ({ status: 'rejected', message })
  const absent = (find: string, cell: number) => refused(`"${find}" does not occur in cell ${cell}.`)
  expect(sameError(absent('delay: 100', 3), absent('delay: 100', 4))).toBe(true)
  expect(sameError(absent('delay: 100', 3), absent('delay: 200', 3))).toBe(false)
  expect(sameError(absent('delay: 100', 3), refused('"delay: 100" occurs 2 times in cell 3.'))).toBe(false)
})
