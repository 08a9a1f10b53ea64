// Decodes arguments from the guest into real values, and encodes results for it; anything malformed is refused.
import { ImageData } from './skia.ts'
import type { Kind } from '../../guest/canvas/command-table.ts'
import type { Limits } from '../../limits.ts'
import { checkPixels } from './objects.ts'
import type { CanvasSession } from './objects.ts'

/** Longest string passed to Skia. */
const MAX_TEXT = 1_000_000
const MAX_ITEMS = 20_000
const DEPTH = 6

type Tagged = Readonly<Record<string, unknown>> & { readonly $?: unknown; readonly v?: unknown }

/** Context for decoding an argument. */
export interface DecodeContext {
  readonly session: CanvasSession
  readonly bytes: readonly Uint8Array[]
  readonly limits: Limits
  /** Kinds of native objects accepted here; any other becomes an empty object, which the real package rejects. */
  readonly takes: readonly (Kind | 'picture')[]
}

/** Decodes one argument; throws on anything malformed. */
export function decodeValue(value: unknown, scope: DecodeContext, depth = 0): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return checkTextLength(value)
  if (typeof value !== 'object' || Array.isArray(value) || depth > DEPTH) throw new Error('malformed canvas argument')
  const tagged = value as Tagged
  switch (tagged.$) {
    case 'undefined':
      return undefined
    case 'number':
      return Number(tagged.v)
    case 'function':
      return () => undefined
    case 'symbol':
      return Symbol('symbol')
    case 'bigint':
      return 0n
    case 'handle':
      return nativeOf(Number(tagged.v), scope)
    case 'bytes':
      return viewOf(partOf(tagged.v, scope), String(tagged['k']))
    case 'picture':
      return scope.takes.includes('picture') ? pictureOf(tagged, scope) : {}
    case 'array':
      return itemsOf(tagged.v).map((item) => decodeValue(item, scope, depth + 1))
    case 'object':
      return fieldsOf(tagged.v, scope, depth)
    default:
      throw new Error('malformed canvas argument')
  }
}

/** Encodes a real result as JSON; byte arrays are pushed to `bytes`. */
export function encodeAnswer(value: unknown, session: CanvasSession, bytes: Uint8Array[]): unknown {
  if (value === undefined) return { $: 'undefined' }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', v: String(value) }
  if (typeof value !== 'object') return { $: 'undefined' }
  if (value instanceof ImageData) {
    return { $: 'picture', w: value.width, h: value.height, v: push(value.data, bytes) }
  }
  if (ArrayBuffer.isView(value)) return { $: 'bytes', v: push(value, bytes) }
  const handle = session.handleOf(value)
  if (handle !== undefined) return { $self: handle }
  if (Array.isArray(value)) return value.map((item) => encodeAnswer(item, session, bytes))
  return Object.fromEntries(
    fieldNames(value).map((name) => [name, encodeAnswer((value as Record<string, unknown>)[name], session, bytes)]),
  )
}

/** Returns the text, or throws a RangeError if it is longer than Skia is given. */
export function checkTextLength(text: string): string {
  if (text.length <= MAX_TEXT) return text
  throw new RangeError(`A canvas text has ${text.length} characters; the limit is ${MAX_TEXT}. Draw it in parts.`)
}

/** Rejects NUL characters in text that the real package turns into a C string: they would abort the process. */
export function checkNoNul(values: readonly unknown[]): void {
  if (values.some((value) => typeof value === 'string' && value.includes('\0')))
    throw new TypeError('A name or an address for a canvas cannot have a NUL character in it.')
}

// A DOMMatrix has accessors on its prototype; plain answers have own fields.
function fieldNames(value: object): string[] {
  const names: string[] = []
  for (const name in value) if (typeof (value as Record<string, unknown>)[name] !== 'function') names.push(name)
  return names
}

function push(view: ArrayBufferView, bytes: Uint8Array[]): number {
  bytes.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice())
  return bytes.length - 1
}

function partOf(index: unknown, scope: DecodeContext): Uint8Array {
  const part = typeof index === 'number' ? scope.bytes[index] : undefined
  if (!part) throw new Error('malformed canvas argument')
  return part
}

function nativeOf(handle: number, { session, takes }: DecodeContext): object {
  const { kind, object } = session.get(handle, 'canvas', 'context', 'gradient', 'pattern', 'path', 'image', 'fontkey')
  return takes.includes(kind) ? object : {}
}

function viewOf(part: Uint8Array, kind: string): ArrayBufferView | ArrayBuffer {
  const buffer = part.slice().buffer
  if (kind === 'ArrayBuffer') return buffer
  if (kind === 'Uint8ClampedArray') return new Uint8ClampedArray(buffer)
  if (kind === 'Uint16Array') return new Uint16Array(buffer, 0, Math.floor(part.length / 2))
  if (kind === 'Float32Array') return new Float32Array(buffer, 0, Math.floor(part.length / 4))
  if (kind === 'Float64Array') return new Float64Array(buffer, 0, Math.floor(part.length / 8))
  return Buffer.from(buffer)
}

// A zero width or height makes the real class abort the process, so sizes are checked first.
function pictureOf(tagged: Tagged, scope: DecodeContext): ImageData {
  const data = partOf(tagged.v, scope)
  const [width, height] = [Number(tagged['w']), Number(tagged['h'])]
  if (
    !Number.isInteger(width) ||
    !Number.isInteger(height) ||
    width < 0 ||
    height < 0 ||
    width * height * 4 !== data.length
  ) {
    throw new Error('malformed canvas argument')
  }
  checkPixels(width * height, scope.limits, 'An ImageData')
  if (data.length === 0) return new ImageData(width, height)
  return new ImageData(new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length), width, height)
}

function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) throw new Error('malformed canvas argument')
  return value
}

function fieldsOf(value: unknown, scope: DecodeContext, depth: number): object {
  if (typeof value !== 'object' || value === null) throw new Error('malformed canvas argument')
  const entries = Object.entries(value)
  if (entries.length > 300) throw new Error('malformed canvas argument')
  return Object.fromEntries(entries.map(([name, item]) => [name, decodeValue(item, scope, depth + 1)]))
}
