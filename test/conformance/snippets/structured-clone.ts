// structuredClone of everything that can be cloned, and what cannot
const shared = { n: 1 }
const source = { date: new Date(5), map: new Map([[shared, 'x']]), set: new Set([1, 'a']), re: /a+/gi, list: [1, , 3], bytes: Uint8Array.of(1, 2), big: 10n, nested: { shared }, again: shared, missing: undefined, nothing: null, nan: NaN }
const copy = structuredClone(source)
console.log(copy, copy.again === copy.nested.shared, copy.map !== source.map, copy.date.getTime(), copy.bytes.constructor.name)
const loop: Record<string, unknown> = { name: 'loop' }
loop.self = loop
console.log(structuredClone(loop))
class Point { x = 1; get y() { return 2 } }
console.log(structuredClone(new Point()), structuredClone(new Error('bad', { cause: 'why' })).message, structuredClone(new RangeError('r')) instanceof RangeError)
console.log(structuredClone(new Float64Array([1.5]).buffer), structuredClone(Object(1)), structuredClone('x'), structuredClone(new DataView(new ArrayBuffer(2))))
for (const value of [() => 1, Symbol('s'), { f() {} }, new WeakMap()]) {
  try {
    console.log(structuredClone(value))
  } catch (error) {
    console.log(error.name, error.message)
  }
}
