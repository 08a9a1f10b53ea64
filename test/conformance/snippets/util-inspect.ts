// node:util: inspect with options, format, custom inspection
import util, { inspect, format, formatWithOptions } from 'node:util'
import type { InspectContext } from 'node:util'

const value = { list: Array.from({ length: 30 }, (_, i) => i * i), text: 'x'.repeat(50), nested: { a: { b: { c: { d: 1 } } } }, map: new Map([['b', 2], ['a', 1]]) }
console.log(inspect(value, { depth: 0 }), inspect(value, { depth: null, breakLength: 40 }))
console.log(inspect(value, { compact: false, maxArrayLength: 3, maxStringLength: 10 }))
console.log(inspect(value, { sorted: true, breakLength: Infinity }), inspect('it\'s', { colors: true }), inspect([1, 'a', null], { colors: true }))
console.log(inspect(1234567.891, { numericSeparator: true }), inspect({ get x() { return 5 } }, { getters: true }), inspect({ a: 1 }, { showHidden: true }))
class Money { cents: number; constructor(cents: number) { this.cents = cents } [inspect.custom](_depth: number, options: InspectContext) { return options.stylize(`€${this.cents / 100}`, 'number') } }
console.log(new Money(1250), [new Money(5)], inspect(new Money(9), { customInspect: false }))
console.log(format('%s %d', 'a', 1, 'b'), formatWithOptions({ compact: false }, '%O', { a: [1] }), util.inspect === inspect)
console.log(inspect.defaultOptions.depth, typeof inspect.colors, inspect(new (class Foo extends Map {})()), inspect(Object.create({ constructor: { name: 'Odd' } })))
