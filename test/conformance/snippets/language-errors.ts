// The words of the errors that people meet most
const nothing: any = undefined
const thing: any = { list: [1], nested: {} }
const constant: any = Object.freeze({ a: 1 })
const tries: (() => unknown)[] = [
  () => nothing.property,
  () => nothing(),
  () => thing.missing(),
  () => thing.nested.deep.deeper,
  () => thing.list.map(5),
  () => [...thing.nested],
  () => new thing.list(),
  () => { constant.a = 2 },
  () => { 'use strict'; (undefined as any).x = 1 },
  () => (null as any)[0],
  () => JSON.parse('{bad'),
  () => JSON.parse(''),
  () => new Array(-1),
  () => 'x'.repeat(-1),
  () => (1.5).toFixed(200),
  () => BigInt(1.5),
  () => 1n + (1 as never),
  () => (Symbol() as any) + '',
  () => decodeURIComponent('%'),
  () => new RegExp('('),
  () => { const loop: any = {}; loop.a = loop; JSON.stringify(loop) },
  () => { const deep = (): number => deep() + 1; return deep() },
  () => structuredClone(nothing.x),
  () => (undeclared as unknown),
  () => { throw new Error('mine', { cause: 'why' }) },
  () => { throw 'a string' },
  () => { class A { #x; static get(o: any) { return o.#x } } A.get({}) },
  () => new Date(NaN).toISOString(),
  () => ({}) instanceof (5 as any),
  () => 'a' in ('b' as any),
  () => [].reduce((a) => a),
  () => new Uint8Array(-1),
  () => new Intl.NumberFormat('en', { style: 'currency' }),
]
declare const undeclared: unknown
for (const attempt of tries) {
  try {
    console.log('fine', attempt())
  } catch (error) {
    console.log(error instanceof Error ? `${error.name}: ${error.message}` : error)
  }
}
