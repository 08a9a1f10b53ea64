// JSON.stringify of rows that are made anew at each look, a thousand at a time: asking each row for what stands for it
// takes more than twice the time and the memory, which of a million rows is most of what a sandbox has.
import { lazySource, rowMaker } from '../helpers/table/lazy-rows.ts'

const ROWS_AT_ONCE = 1000
const native = JSON.stringify as (value: unknown, replacer?: unknown, space?: string | number) => string

/** Replaces JSON.stringify by one that knows such rows; what it returns is the same. */
export function stringifyRowsInParts(): void {
  function stringify(value: unknown, replacer?: unknown, space?: string | number): string {
    const source = lazySource(value)
    // A function would be told the wrong numbers of rows.
    if (!source || source.made || typeof replacer === 'function') return native(value, replacer, space)
    const { columns, length } = source
    const make = rowMaker(columns)
    let text = '['
    for (let from = 0; from < length; from += ROWS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, length - from) }, (_, i) => make(from + i))
      const part = native(rows, replacer, space)
      const isLast = from + rows.length === length
      // No line ends in JSON but those of an indent.
      text += isLast ? part.slice(1) : `${part.slice(1, part.endsWith('\n]') ? -2 : -1)},`
    }
    return text
  }
  JSON.stringify = stringify as typeof JSON.stringify
}
