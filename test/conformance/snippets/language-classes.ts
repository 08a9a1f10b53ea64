// Classes, private fields, getters, generators, iterators, symbols, proxies, decorators of the language
class Base { static count = 0; #secret = 1; readonly kind: string; constructor(kind: string) { this.kind = kind; Base.count++ } get secret() { return this.#secret } static { Base.count = 10 } static is(x: object) { return #secret in x } }
class Derived extends Base { override toString() { return `Derived(${this.kind})` } *[Symbol.iterator]() { yield* [1, 2, 3] } }
const one = new Derived('d')
console.log(String(one), [...one], one.secret, Base.count, Base.is(one), Base.is({}), one)
function* fibonacci(): Generator<number, string, boolean> { let [a, b] = [0, 1]; while (!(yield a)) [a, b] = [b, a + b]; return 'stopped' }
const steps = fibonacci()
console.log([steps.next(), steps.next(), steps.next(), steps.next(), steps.next(true)])
console.log([...fibonacci().take(8).filter((n) => n % 2 === 0)], Iterator.from([1, 2, 3]).map((n) => n * 2).toArray())
const watched = new Proxy<Record<string, number>>({}, { get: (_, key) => `got ${String(key)}`, has: () => true } as never)
console.log(watched.anything, 'x' in watched)
console.log(Object.groupBy([1, 2, 3, 4], (n) => (n % 2 ? 'odd' : 'even')), Map.groupBy([1, 2, 3], (n) => n > 1), [3, 1, 2].toSorted(), [1, 2].with(0, 9), new Set([1, 2]).union(new Set([3])))
console.log(`${1 + 1}`, String.raw`\n`, 'abc'.at(-1), '😀'.length, [...'😀a'], 'x'.isWellFormed(), 'a-b-c'.replaceAll('-', '+'), /(?<year>\d{4})/.exec('in 2026').groups.year, [...'a1b2'.matchAll(/\d/g)].map(({ index }) => index))
{ using thing = { [Symbol.dispose]() { console.log('disposed') } }; console.log(typeof thing) }
const weak = new WeakRef({ a: 1 })
console.log(typeof weak.deref(), 2 ** 10, 7 % -3, 10n ** 20n, 0.1 + 0.2, parseInt('12px'), Number(''), (255).toString(16), (1.005).toFixed(2), 1e21, Number.MAX_SAFE_INTEGER)
label: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 1) continue label; if (i === 2) break label; console.log(i, j) }
console.log(one?.kind ?? 'none', ((x: number, ...rest: number[]) => rest.length)(1, 2, 3), JSON.stringify({ d: new Date(0), u: undefined, n: NaN, m: new Map() }), typeof undefinedName)
declare const undefinedName: unknown
