// console.log of every kind of value
class Empty {}
class Named { a = 1; #hidden = 2; static s = 3; get g() { return this.#hidden } }
const circular: Record<string, unknown> = { name: 'c', list: [1] }
circular.self = circular
console.log(1, -0, 1.5, NaN, 10n, 'text', true, null, undefined, Symbol('s'), [], {}, '')
console.log([1, 'two', null, undefined, [3, [4, [5, [6]]]], { deep: { deeper: { deepest: { more: 1 } } } }])
console.log(new Empty(), new Named(), Named, class {}, class A extends Named {}, () => 1, function named() {}, async () => {}, function* gen() {}, Math.max)
console.log(new Map<unknown, unknown>([['k', { v: 1 }], [{ o: 1 }, [1, 2]]]), new Set(['a', { b: 1 }]), new WeakMap(), new WeakSet())
console.log(circular, [circular])
console.log(new Date(0), /re/giu, new Error('short').message, Promise.reject(1).catch(() => {}))
console.log(Uint8Array.of(1, 2), new Float64Array(3), new ArrayBuffer(4), new DataView(new ArrayBuffer(2)), Buffer.from('hi'), new BigInt64Array(1))
console.log({ get a() { return 1 }, set a(v) {}, get b() { return 2 }, set c(v: number) {}, [Symbol('k')]: 1, 'quoted-key': 2, fn() {}, undefined })
console.log(Array.from({ length: 120 }, (_, i) => i), Array(5), [1, , 3, , ,], Object.assign([1, 2], { extra: true }))
console.log('a'.repeat(200), ['b'.repeat(120)], { long: 'c'.repeat(90), other: 'd'.repeat(30) }, ["it's", 'say "x"', 'both\'"', 'new\nline', '\u0001'])
console.log(Object.create(null), Object.create({ inherited: 1 }), Object.create(Named.prototype), [Object(1), Object('s'), Object(true), Object(Symbol('q'))], globalThis === global)
console.log([1.0, 2.25, -3], ['x', 'y'].entries(), [undefined, null], (function () { return arguments })())
console.log({ a: 1, b: 'x', c: [1, 2, { d: 1 }], e: { f: { g: { h: 1 } } } }, [[]], [{}], [[[]]], { x: {} })
