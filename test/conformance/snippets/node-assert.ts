// Assertions that hold, and the words of those that do not
import assert, { AssertionError, deepStrictEqual, equal, ok, rejects, strictEqual, throws } from 'node:assert'
import strict from 'node:assert/strict'

ok(1)
assert('x')
equal(1, '1')
strictEqual('a', 'a')
deepStrictEqual({ a: [1, new Map([['k', 2]])] }, { a: [1, new Map([['k', 2]])] })
assert.deepEqual([1, '2'], [1, 2])
assert.notDeepStrictEqual([1], ['1'])
strict.equal(1, 1)
throws(() => JSON.parse('{'), SyntaxError)
throws(() => {
  throw new TypeError('wrong kind')
}, /wrong/)
throws(() => {
  throw Object.assign(new Error('no'), { code: 'E' })
}, { message: 'no', code: 'E' })
await rejects(Promise.reject(new Error('later')), /later/)
assert.match('abc', /b/)
assert.doesNotThrow(() => 1)
assert.ifError(null)
const told = (run: () => unknown): void => {
  try {
    run()
    console.log('nothing')
  } catch (error) {
    const { name, message, code } = error as AssertionError
    console.log(name, code, error instanceof AssertionError, message)
  }
}
told(() => equal(1, 2))
told(() => assert.notEqual(1, 1))
told(() => strictEqual(1, 2))
told(() => strictEqual(1, 2, 'not the same'))
told(() => ok(0, 'zero'))
told(() => assert.fail())
told(() => assert.fail('on purpose'))
told(() => throws(() => 1))
told(() => throws(() => 1, TypeError))
told(() => assert.match('abc', /x/))
told(() => assert.doesNotThrow(() => JSON.parse('[')))
told(() => assert.ifError(new Error('e')))
told(() => assert.notStrictEqual(1, 1))
