// Writes a configuration as JavaScript. Functions are written as their own source; one that fails there, because it uses
// variables of its cell, gives what it returned when the chart was drawn in the cell.
import { isPlain } from '../config.ts'

/** A configuration whose functions remember their results. */
export interface Recorded {
  readonly value: unknown
  readonly hasFunctions: boolean
  readonly results: ReadonlyMap<unknown, RecordedFunction>
}

interface RecordedFunction {
  readonly source: string
  readonly results: Record<string, unknown>
}

const MAX_DEPTH = 30
/** Results remembered per function. */
const MAX_RESULTS = 5000

/** A copy of the configuration whose functions note what they return. */
export function recordCalls(config: object): Recorded {
  const results = new Map<unknown, RecordedFunction>()
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'function') return recorder(value as AnyFunction, results)
    if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value
    if (depth > MAX_DEPTH) throw new TypeError('chart: the configuration is nested too deeply, or contains itself.')
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item, depth + 1)]))
  }
  const value = copy(config, 0)
  return { value, hasFunctions: results.size > 0, results }
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

function recorder(run: AnyFunction, all: Map<unknown, RecordedFunction>): AnyFunction {
  const results: Record<string, unknown> = {}
  let count = 0
  const wrapped: AnyFunction = function (...args) {
    const result = run.apply(this, args)
    if (count < MAX_RESULTS && isWritable(result)) {
      results[callKey(args)] = result
      count += 1
    }
    return result
  }
  // Chart.js and our notes look at how many arguments a callback takes.
  Object.defineProperty(wrapped, 'length', { value: run.length })
  all.set(wrapped, { source: Function.prototype.toString.call(run), results })
  return wrapped
}

function isWritable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isWritable(item))
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/**
 * What identifies a call: its first argument, or the dataset and the position that it is about. The page uses it too.
 */
export function callKey(args: readonly unknown[]): string {
  const [first] = args
  if (typeof first !== 'object' || first === null) return String(first)
  const { datasetIndex, seriesIndex, dataIndex, index, value } = first as Readonly<Record<string, unknown>>
  const parts = [datasetIndex ?? seriesIndex, dataIndex ?? index]
  if (parts.some((part) => part !== undefined)) return parts.join(',')
  return typeof value === 'object' ? '' : String(value)
}

/** The configuration as a JavaScript expression, which calls `easelChart.call(source, results)` for each function. */
export function sourceOf({ value, results }: Recorded): string {
  const write = (item: unknown, depth: number): string | undefined => {
    if (typeof item === 'function') return functionSource(results.get(item))
    if (item instanceof Date) return `new Date(${item.getTime()})`
    if (ArrayBuffer.isView(item)) return write(Array.from(item as Float64Array), depth)
    if (Array.isArray(item)) return `[${item.map((one) => write(one, depth + 1) ?? 'undefined').join(',')}]`
    if (isPlain(item) && depth <= MAX_DEPTH) {
      const fields = Object.entries(item).flatMap(([name, field]) => {
        const text = write(field, depth + 1)
        // As a computed name, __proto__ is a field like any other.
        return text === undefined ? [] : [`${name === '__proto__' ? '["__proto__"]' : quote(name)}:${text}`]
      })
      return `{${fields.join(',')}}`
    }
    if (typeof item === 'string') return quote(item)
    if (typeof item === 'bigint') return `${item}n`
    return item === null || typeof item === 'boolean' || typeof item === 'number' ? String(item) : undefined
  }
  return write(value, 0) ?? 'undefined'
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\x3c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function functionSource(found: RecordedFunction | undefined): string | undefined {
  if (!found) return undefined
  const { source, results } = found
  const made = expressionOf(source)
  return `easelChart.call(${made === undefined ? 'undefined' : `function(){return ${made}}`},${quote(JSON.stringify(results))})`
}

/** A function's source as an expression; undefined for native ones. */
function expressionOf(source: string): string | undefined {
  if (/\[native code\]\s*\}\s*$/.test(source)) return undefined
  if (
    /^(?:async\b\s*)?(?:function\b|\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u.test(source) ||
    source.startsWith('class')
  )
    return `(${source}\n)`
  // A method: `label(item) { ... }`.
  return `Object.values({${source}\n})[0]`
}
