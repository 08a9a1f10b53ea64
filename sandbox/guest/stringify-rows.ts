// JSON.stringify of rows that are made anew at each look, a thousand at a time: asking each row for what stands for it
// takes more than twice the time and the memory, which of a million rows is most of what a sandbox has.
import { lazySource, rowMaker } from '../helpers/table/lazy-rows.ts'
import { getOwnPropertyDescriptor, jsonStringify } from './core/primordials.ts'

const ROWS_AT_ONCE = 1000
const native = jsonStringify as (value: unknown, replacer?: unknown, space?: unknown) => string

// A method: it has no prototype, as the one that it replaces.
const { stringify } = {
  stringify(value: unknown, replacer?: unknown, space?: unknown): string {
    const source = lazySource(value)
    // A function would be told the wrong numbers of rows, and a toJSON of all arrays would stand for each thousand.
    if (!source || source.made || typeof replacer === 'function' || 'toJSON' in Array.prototype)
      return native(value, replacer, space)
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
  },
}

/** Replaces JSON.stringify by one that knows such rows, unless a snippet has; what it returns is the same. */
export function stringifyRowsInParts(): void {
  const { value, writable } = getOwnPropertyDescriptor(JSON, 'stringify') ?? {}
  if (value === jsonStringify && writable) JSON.stringify = stringify as typeof JSON.stringify
}
