// Serialises values between the guest sharp and its native half: JSON, with byte arrays passed separately and
// referenced by index.
// Used in both directions; the native half validates its input separately (native/sharp/request.ts).

export const BYTE_KINDS = [
  'Buffer',
  'ArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const
export type ByteKind = (typeof BYTE_KINDS)[number]

/**
 * Encodes a value as JSON; byte arrays are appended to `bytes` (not copied). Types that JSON lacks become `$` objects.
 */
export function pack(value: unknown, bytes: Uint8Array[]): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value !== 'object') return { $undefined: true }
  const kind = kindOf(value)
  if (kind) return { $bytes: bytes.push(viewOf(value as ArrayBuffer | ArrayBufferView)) - 1, $kind: kind }
  if (Array.isArray(value)) return value.map((item) => pack(item, bytes))
  const packed: Record<string, unknown> = {}
  // sharp also reads inherited properties, so they are included.
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key]
    if (item !== undefined && typeof item !== 'function' && !key.startsWith('$')) packed[key] = pack(item, bytes)
  }
  return packed
}

/** Decodes a value encoded by `pack`; `bytesAs` turns an index into a byte array. */
export function unpack(value: unknown, bytesAs: (index: number) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => unpack(item, bytesAs))
  const packed = value as Record<string, unknown>
  if (typeof packed.$bytes === 'number') return bytesAs(packed.$bytes)
  if (typeof packed.$number === 'string') return Number(packed.$number)
  if (packed.$undefined === true) return undefined
  return Object.fromEntries(Object.entries(packed).map(([key, item]) => [key, unpack(item, bytesAs)]))
}

function kindOf(value: object): ByteKind | undefined {
  if (value instanceof ArrayBuffer) return 'ArrayBuffer'
  if (!ArrayBuffer.isView(value)) return undefined
  if (value instanceof Buffer) return 'Buffer'
  return BYTE_KINDS.find((kind) => kind === value.constructor.name)
}

function viewOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
