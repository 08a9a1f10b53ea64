// Encodes arbitrary arguments as JSON and byte arrays for the real package to validate, and decodes its results.
import { nativeOf } from './handles.ts'
import { imageDataOf, makeImageData } from './image-pixels.ts'

export type Json = Readonly<Record<string, unknown>>

const DEPTH = 4

/** Encodes a value as JSON; byte arrays are pushed to `bytes`. Values that cannot cross keep only their type. */
export function encode(value: unknown, bytes: Uint8Array[], depth = 0): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', v: String(value) }
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'function') return { $: 'function' }
  if (typeof value !== 'object') return { $: typeof value }
  const native = nativeOf(value)
  if (native) return { $: 'handle', v: native.handle }
  const picture = imageDataOf(value)
  if (picture) return { $: 'picture', w: picture.width, h: picture.height, v: push(picture.data, bytes) }
  if (ArrayBuffer.isView(value)) return { $: 'bytes', k: kindOf(value), v: push(value, bytes) }
  if (value instanceof ArrayBuffer) return { $: 'bytes', k: 'ArrayBuffer', v: push(new Uint8Array(value), bytes) }
  if (depth >= DEPTH) return { $: 'object', v: {} }
  if (Array.isArray(value))
    return { $: 'array', v: value.slice(0, 10_000).map((item) => encode(item, bytes, depth + 1)) }
  return { $: 'object', v: fieldsOf(value, bytes, depth) }
}

/** Decodes a result; pictures become ImageData, byte arrays Buffers. */
export function decode(value: unknown, parts: readonly Uint8Array[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const tagged = value as { $?: string; v?: unknown; w?: number; h?: number }
  if (tagged.$ === 'undefined') return undefined
  if (tagged.$ === 'number') return Number(tagged.v)
  if (tagged.$ === 'bytes') return bufferOf(parts[tagged.v as number])
  if (tagged.$ === 'picture')
    return makeImageData(parts[tagged.v as number] ?? new Uint8Array(), tagged.w ?? 0, tagged.h ?? 0)
  if (Array.isArray(value)) return value.map((item) => decode(item, parts))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decode(item, parts)]))
}

function fieldsOf(value: object, bytes: Uint8Array[], depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  let count = 0
  // Includes inherited enumerable names: a DOMMatrix has a…f as accessors on its prototype.
  for (const name in value) {
    if (count++ >= 200) break
    fields[name] = encode((value as Record<string, unknown>)[name], bytes, depth + 1)
  }
  return fields
}

function kindOf(view: ArrayBufferView): string {
  return Object.prototype.toString.call(view).slice(8, -1)
}

function push(view: ArrayBufferView, bytes: Uint8Array[]): number {
  bytes.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice())
  return bytes.length - 1
}

function bufferOf(part: Uint8Array | undefined): Buffer {
  return part ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.alloc(0)
}
