// Validates a guest's `sharp.run` request, trusting nothing, and turns it into arguments for the real sharp.
import * as z from 'zod/mini'
import { BYTE_KINDS, type ByteKind } from '../../guest/sharp/serialization.ts'
import { METHODS, type ArgumentKind } from './methods.ts'
import type { Pictures } from './pictures.ts'

const index = z.int().check(z.minimum(0), z.maximum(9999))
const call = z.tuple([z.string().check(z.maxLength(40)), z.array(z.unknown()).check(z.maxLength(20))])
const requestSchema = z.strictObject({
  input: z.optional(z.unknown()),
  options: z.optional(z.unknown()),
  stream: z.optional(index),
  calls: z.array(call).check(z.maxLength(10_000)),
  end: z.enum(['buffer', 'file', 'metadata', 'stats']),
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
})
const reference = z.strictObject({ $bytes: index, $kind: z.enum(BYTE_KINDS) })

export type Request = z.infer<typeof requestSchema>

/** A call with decoded arguments: JSON values, Buffers and typed arrays. */
export type Call = readonly [method: string, args: readonly unknown[]]

/** Validates the outer shape; throws a TypeError that says what is wrong. */
export function parseRequest(args: unknown): Request {
  const parsed = z.safeParse(requestSchema, args)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new TypeError(`sharp.run: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`)
}

/** Decodes the recorded calls; throws a TypeError for an unknown method or an argument of the wrong kind. */
export function decodeCalls(request: Request, bytes: readonly Uint8Array[], pictures: Pictures): Call[] {
  return request.calls.map(([method, args]) => {
    const slots = METHODS.get(method)
    if (!slots) throw new TypeError(`sharp.run: there is no method ${JSON.stringify(method)}`)
    return [method, args.slice(0, slots.length).map((arg, at) => decodeArgument(arg, slots[at]!, bytes, pictures))]
  })
}

/** Decodes one argument; file names become the bytes of the session's files. */
export function decodeArgument(
  packed: unknown,
  slot: ArgumentKind,
  bytes: readonly Uint8Array[],
  pictures: Pictures,
): unknown {
  if (slot === 'value') return decodeJson(packed)
  if (slot === 'layers')
    return Array.isArray(packed) ? packed.map((layer) => decodeLayer(layer, bytes, pictures)) : decodeJson(packed)
  if (typeof packed === 'string') return pictures.load(packed)
  if (Array.isArray(packed)) return packed.map((item) => decodeArgument(item, 'picture', bytes, pictures))
  if (isObject(packed) && '$bytes' in packed) return bytesOf(packed, bytes)
  return decodeJson(packed)
}

function decodeLayer(layer: unknown, bytes: readonly Uint8Array[], pictures: Pictures): unknown {
  if (!isObject(layer) || !('input' in layer)) return decodeJson(layer)
  const { input, ...rest } = layer
  return { ...(decodeJson(rest) as object), input: decodeArgument(input, 'picture', bytes, pictures) }
}

/** The bytes that a reference points to, in their original class. */
function bytesOf(packed: object, bytes: readonly Uint8Array[]): unknown {
  const parsed = z.safeParse(reference, packed)
  const found = parsed.success ? bytes[parsed.data.$bytes] : undefined
  if (!parsed.success || !(found instanceof Uint8Array)) throw new TypeError('sharp.run: no such byte array')
  return asKind(found, parsed.data.$kind)
}

function asKind(found: Uint8Array, kind: ByteKind): unknown {
  const { buffer, byteOffset, byteLength } = found
  if (kind === 'Buffer') return Buffer.from(buffer, byteOffset, byteLength)
  const own = byteOffset === 0 && byteLength === buffer.byteLength ? buffer : found.slice().buffer
  if (kind === 'ArrayBuffer') return own
  const Kind = globalThis[kind]
  return new Kind(own as ArrayBuffer, 0, Math.floor(byteLength / Kind.BYTES_PER_ELEMENT))
}

const MAX_DEPTH = 8

/** Copies a JSON value without bytes into fresh objects; `$` objects become the values that JSON lacks. */
function decodeJson(packed: unknown, depth = 0): unknown {
  if (typeof packed === 'function' || typeof packed === 'bigint' || typeof packed === 'symbol') {
    throw new TypeError('sharp.run: only JSON values may be sent')
  }
  if (typeof packed !== 'object' || packed === null) return packed
  if (depth > MAX_DEPTH) throw new TypeError(`sharp.run: a value is nested more than ${MAX_DEPTH} deep`)
  if (Array.isArray(packed)) return packed.map((item) => decodeJson(item, depth + 1))
  const entries = Object.entries(packed)
  const [first] = entries
  if (first?.[0] === '$undefined') return undefined
  if (first?.[0] === '$number') return Number(first[1])
  for (const [key] of entries) {
    if (key.startsWith('$') || FORBIDDEN.has(key))
      throw new TypeError(`sharp.run: a key may not be ${JSON.stringify(key)}`)
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, decodeJson(item, depth + 1)]))
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
