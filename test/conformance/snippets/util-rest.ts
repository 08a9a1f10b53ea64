// node:util: promisify, callbackify, deep equality, types, deprecate, text
import * as util from 'node:util'
import { readFile } from 'node:fs'

console.log((await util.promisify(readFile)('people.json', 'utf8')).length)
await new Promise<void>((resolve) => {
  util.callbackify(async (a: number) => a * 2)(21, (error, value) => {
    console.log(error, value)
    resolve()
  })
})
const same: [unknown, unknown][] = [[{ a: [1] }, { a: [1] }], [[1, 2], [1, 3]], [new Map([[1, { x: 1 }]]), new Map([[1, { x: 1 }]])], [NaN, NaN], [0, -0], [new Set([1]), new Set([1])], [new Date(1), new Date(1)], [/a/g, /a/i], [{ a: undefined }, {}], [[1], { 0: 1 }], [Buffer.from('a'), Buffer.from('a')], ['1', 1], [Object.create(null), {}]]
console.log(same.map(([a, b]) => util.isDeepStrictEqual(a, b)))
console.log(util.types.isPromise(Promise.resolve()), util.types.isRegExp(/a/), util.types.isDate(new Date()), util.types.isMap(new Map()), util.types.isTypedArray(Buffer.alloc(1)), util.types.isGeneratorFunction(function* () {}), util.types.isAsyncFunction(async () => {}))
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[0m'), util.styleText?.('red', 'x'), util.toUSVString('a\ud800'), util.inherits !== undefined)
console.log(util.TextEncoder === TextEncoder, typeof util.debuglog)
const old = util.deprecate(() => 'still works', 'old is old')
console.log(typeof old)
try {
  util.promisify(5 as never)
} catch (error) {
  console.log(error.name, error.code, error.message)
}
