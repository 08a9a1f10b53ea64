// The paths of the native compiler and of the snippets' types.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findCompiler, PRODUCT_FOLDER, TYPES_FOLDER } from '../../src/check/type-checker/executable.ts'

test('the compiler is the one of this platform, and can be run', () => {
  const compiler = findCompiler()
  expect(compiler).toMatch(new RegExp(`/@typescript/typescript-${process.platform}-${process.arch}/lib/tsc$`))
  expect(() => accessSync(compiler, constants.X_OK)).not.toThrow()
})

test('a platform whose compiler is not installed is named', () => {
  const message = '@typescript/typescript-plan9-mips has no compiler; install Easel again.'
  expect(() => findCompiler('plan9-mips')).toThrow(new Error(message))
})

test('the types of snippets lie in the product', () => {
  expect(dirname(TYPES_FOLDER)).toBe(join(PRODUCT_FOLDER, 'sandbox'))
  expect(existsSync(join(TYPES_FOLDER, 'tsconfig.json'))).toBe(true)
})
