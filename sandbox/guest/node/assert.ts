// node:assert with Node's messages, except those that quote source code or show a line-by-line diff.
import { isDeepStrictEqual } from '../core/deep-equal.ts'
import { getInspect } from '../core/console/inspect.ts'
import { argumentTypeError } from '../core/node-error.ts'

type Message = string | Error | undefined
type Expected = RegExp | (new (...args: never[]) => Error) | ((error: unknown) => boolean) | object

interface Facts {
  readonly message?: Message
  readonly actual?: unknown
  readonly expected?: unknown
  readonly operator: string
}

class AssertionError extends Error {
  override name = 'AssertionError'
  readonly code = 'ERR_ASSERTION'
  readonly generatedMessage: boolean
  readonly actual: unknown
  readonly expected: unknown
  readonly operator: string
  constructor({ message, actual, expected, operator }: Facts, generated = '') {
    super(message === undefined ? generated : String(message))
    this.generatedMessage = message === undefined
    this.actual = actual
    this.expected = expected
    this.operator = operator
  }
}

const shown = (value: unknown): string => getInspect().inspect(value, { depth: 1000, maxArrayLength: 1000 })

function check(isTrue: boolean, facts: Facts, text: () => string): void {
  if (isTrue) return
  if (facts.message instanceof Error) throw facts.message
  throw new AssertionError(facts, text())
}

const ok = (value?: unknown, message?: Message): void =>
  check(
    Boolean(value),
    { message, actual: value, expected: true, operator: '==' },
    () => 'The expression evaluated to a falsy value',
  )

type Comparison = (actual: unknown, expected: unknown, message?: Message) => void

function comparison(
  operator: string,
  holds: (actual: unknown, expected: unknown) => boolean,
  text: (actual: string, expected: string) => string,
): Comparison {
  return (actual, expected, message) =>
    check(holds(actual, expected), { message, actual, expected, operator }, () => text(shown(actual), shown(expected)))
}

/** Like `==`, but NaN equals itself. */
const isLooselyEqual = (a: unknown, b: unknown): boolean => a == b || (Number.isNaN(a) && Number.isNaN(b))

function isDeepEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return isLooselyEqual(a, b)
  if (isDeepStrictEqual(a, b)) return true
  if (Array.isArray(a) !== Array.isArray(b) || a instanceof Map || a instanceof Set) return false
  const [left, right] = [Object.keys(a), Object.keys(b)]
  const isSame = (key: string): boolean =>
    Object.hasOwn(b, key) && isDeepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])
  return left.length === right.length && left.every(isSame)
}

const two = (sentence: string, word: string) => (actual: string, expected: string) =>
  `${sentence}\n\n${actual}\n\n${word}\n\n${expected}\n`
const equal = comparison('==', isLooselyEqual, (a, b) => `${a} == ${b}`)
const notEqual = comparison(
  '!=',
  (a, b) => !isLooselyEqual(a, b),
  (a, b) => `${a} != ${b}`,
)
const strictEqual: Comparison = (actual, expected, message) => {
  const values = `${shown(actual)} !== ${shown(expected)}`
  const said = typeof message === 'string' ? `${message}\n\n${values}\n` : message
  check(Object.is(actual, expected), { message: said, actual, expected, operator: 'strictEqual' }, () => {
    return `Expected values to be strictly equal:\n\n${values}\n`
  })
}
const notStrictEqual = comparison(
  'notStrictEqual',
  (a, b) => !Object.is(a, b),
  (a) => `Expected "actual" to be strictly unequal to: ${a}`,
)
const deepEqual = comparison(
  'deepEqual',
  isDeepEqual,
  two('Expected values to be loosely deep-equal:', 'should loosely deep-equal'),
)
const notDeepEqual = comparison(
  'notDeepEqual',
  (a, b) => !isDeepEqual(a, b),
  (a) => `Expected "actual" not to be loosely deep-equal to: ${a}`,
)
const deepStrictEqual = comparison(
  'deepStrictEqual',
  isDeepStrictEqual,
  two('Expected values to be strictly deep-equal:', 'should strictly deep-equal'),
)
const notDeepStrictEqual = comparison(
  'notDeepStrictEqual',
  (a, b) => !isDeepStrictEqual(a, b),
  (a) => `Expected "actual" not to be strictly deep-equal to: ${a}`,
)

/** Whether the thrown error matches `expected`; a validation function may also throw. */
function isExpected(error: unknown, expected: Expected | undefined): boolean {
  if (expected === undefined) return true
  if (expected instanceof RegExp) return expected.test(String(error))
  if (typeof expected === 'function') {
    const { prototype } = expected as { prototype?: unknown }
    if (prototype !== undefined && error instanceof (expected as never)) return true
    if (Object.prototype.isPrototypeOf.call(Error, expected)) return false
    return (expected as (error: unknown) => unknown)(error) === true
  }
  return Object.entries(expected).every(([key, value]) => {
    const actual: unknown = (error as Record<string, unknown> | null)?.[key]
    return value instanceof RegExp && typeof actual === 'string' ? value.test(actual) : isDeepStrictEqual(actual, value)
  })
}

function judge(error: unknown, expected: Expected | string | undefined, message: Message, operator: string): void {
  if (typeof expected === 'string' || isExpected(error, expected)) return
  if (message === undefined && (typeof expected === 'function' || expected instanceof RegExp)) {
    if (typeof expected === 'function') throw error
  }
  check(false, { message, actual: error, expected, operator }, () =>
    expected instanceof RegExp
      ? `The input did not match the regular expression ${shown(expected)}. Input:\n\n${shown(String(error))}\n`
      : 'The error is not as expected.',
  )
}

function missing(expected: Expected | string | undefined, message: Message, what: string, operator: string): never {
  const text = typeof expected === 'string' ? expected : message
  const name = typeof expected === 'function' && expected.name ? ` (${expected.name})` : ''
  if (text instanceof Error) throw text
  throw new AssertionError({ operator, expected }, `Missing expected ${what}${name}${text ? `: ${text}` : '.'}`)
}

function throws(run: () => unknown, expected?: Expected | string, message?: Message): void {
  if (typeof run !== 'function') throw argumentTypeError('fn', 'of type function', run)
  try {
    run()
  } catch (error) {
    return judge(error, expected, message, 'throws')
  }
  missing(expected, message, 'exception', 'throws')
}

async function rejects(
  run: Promise<unknown> | (() => Promise<unknown>),
  expected?: Expected | string,
  message?: Message,
): Promise<void> {
  try {
    await (typeof run === 'function' ? run() : run)
  } catch (error) {
    return judge(error, expected, message, 'rejects')
  }
  missing(expected, message, 'rejection', 'rejects')
}

function unwanted(error: unknown, what: string, operator: string, message: Message): never {
  const text = error instanceof Error ? error.message : String(error)
  const sentence = `Got unwanted ${what}${message === undefined ? '.' : `: ${message}`}\nActual message: "${text}"`
  throw new AssertionError({ actual: error, operator }, sentence)
}

function doesNotThrow(run: () => unknown, message?: Message): void {
  try {
    run()
  } catch (error) {
    unwanted(error, 'exception', 'doesNotThrow', message)
  }
}

async function doesNotReject(run: Promise<unknown> | (() => Promise<unknown>), message?: Message): Promise<void> {
  try {
    await (typeof run === 'function' ? run() : run)
  } catch (error) {
    unwanted(error, 'rejection', 'doesNotReject', message)
  }
}

function fail(message: Message = 'Failed'): never {
  if (message instanceof Error) throw message
  throw new AssertionError({ message, operator: 'fail' })
}

function ifError(value: unknown): void {
  if (value === null || value === undefined) return
  const text = value instanceof Error ? value.message : shown(value)
  throw new AssertionError({
    actual: value,
    expected: null,
    operator: 'ifError',
    message: `ifError got unwanted exception: ${text}`,
  })
}

const match = (text: string, pattern: RegExp, message?: Message): void =>
  check(
    typeof text === 'string' && pattern.test(text),
    { message, actual: text, expected: pattern, operator: 'match' },
    () => `The input did not match the regular expression ${shown(pattern)}. Input:\n\n${shown(text)}\n`,
  )
const doesNotMatch = (text: string, pattern: RegExp, message?: Message): void =>
  check(
    !pattern.test(text),
    { message, actual: text, expected: pattern, operator: 'doesNotMatch' },
    () => `The input was expected to not match the regular expression ${shown(pattern)}. Input:\n\n${shown(text)}\n`,
  )

const shared = { AssertionError, ok, throws, rejects, doesNotThrow, doesNotReject, fail, ifError, match, doesNotMatch }
const strictNames = { strictEqual, notStrictEqual, deepStrictEqual, notDeepStrictEqual }

/** `node:assert/strict`: the loose comparisons are replaced by the strict ones. */
export const strictModule = Object.assign((value?: unknown, message?: Message) => ok(value, message), {
  ...shared,
  ...strictNames,
  equal: strictEqual,
  notEqual: notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
})
export const assertModule = Object.assign((value?: unknown, message?: Message) => ok(value, message), {
  ...shared,
  ...strictNames,
  ...{ equal, notEqual, deepEqual, notDeepEqual },
  strict: strictModule,
})
Object.assign(strictModule, { strict: strictModule })
