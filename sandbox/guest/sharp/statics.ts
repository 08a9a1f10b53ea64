// Replaces sharp's `utility.mjs`: the properties of the `sharp` function itself. Data comes from the installed sharp;
// settings of the native library (cache, threads, blocked loaders) are validated and stored, but have no effect.
import EventEmitter from 'sharp:events'
import facts from 'sharp:facts'
import is from 'sharp:is'
import { pendingCount } from './recorder.ts'

type Sizes = { memory: number; files: number; items: number }

/** Gives the `sharp` function its static properties, as sharp's own module does. */
export default function decorate(Sharp: Record<string, unknown>): void {
  const queue = new EventEmitter()
  Object.assign(Sharp, { cache, concurrency, counters, simd, ...facts, queue, block, unblock: block })
}

const limits: Sizes = { memory: 50, files: 20, items: 100 }
let threads = 1
let vectors = true

function cache(options?: boolean | Partial<Sizes>) {
  if (options === true) Object.assign(limits, { memory: 50, files: 20, items: 100 })
  else if (options === false) Object.assign(limits, { memory: 0, files: 0, items: 0 })
  else if (typeof options === 'object') setLimits(options)
  return {
    memory: { current: 0, high: 0, max: limits.memory },
    files: { current: 0, max: limits.files },
    items: { current: 0, max: limits.items },
  }
}

function setLimits(options: Partial<Sizes>): void {
  const names = ['memory', 'files', 'items'] as const
  for (const name of names) {
    const value = options[name]
    if (!is.defined(value)) continue
    if (!is.integer(value) || value < 0) throw is.invalidParameterError(name, 'a positive integer', value)
  }
  for (const name of names) limits[name] = options[name] ?? limits[name]
}

function concurrency(wanted?: unknown): number {
  if (is.integer(wanted)) threads = wanted > 0 ? wanted : 1
  return threads
}

function counters() {
  return { queue: 0, process: pendingCount() }
}

function simd(wanted?: unknown): boolean {
  if (typeof wanted === 'boolean') vectors = wanted
  return vectors
}

function block(options: unknown): void {
  if (typeof options !== 'object') throw is.invalidParameterError('options', 'object', options)
  const { operation } = options as { operation?: unknown }
  const names = Array.isArray(operation) && operation.every((name) => typeof name === 'string' && name.length > 0)
  if (!names) throw is.invalidParameterError('operation', 'Array<string>', operation)
}
