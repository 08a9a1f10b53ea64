// Errors as console prints them, without their stacks
const plain = (error: Error) => {
  error.stack = `${error.name}: ${error.message}\n    at somewhere (file.ts:1:1)`
  return error
}
console.log(plain(new Error('one')))
console.log({ error: plain(new TypeError('two')) })
console.log([plain(Object.assign(new RangeError('three'), { code: 'E_X', extra: { a: 1 } }))])
console.log(plain(new Error('outer', { cause: plain(new Error('inner')) })))
console.log(plain(new AggregateError([plain(new Error('first')), plain(new Error('second'))], 'several')))
class Custom extends Error { override name = 'Custom'; detail = 7 }
console.log(plain(new Custom('four')), `${new Custom('five')}`, String(plain(new Error(''))))
const bare = new Error('no stack')
bare.stack = undefined
console.log(bare, Object.assign(Object.create(Error.prototype), { message: 'made' }).message)
console.error(plain(new SyntaxError('six')))
