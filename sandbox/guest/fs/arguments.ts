// Validates the paths, contents and encodings passed to `fs`, with Node's error messages.
import { Buffer } from '../core/buffer/buffer.ts'
import { encodingNamed } from '../core/buffer/text.ts'
import { argumentTypeError, argumentValueError } from '../core/node-error.ts'
import { bytesOf, decodeUtf8 } from '../core/buffer/text-encoding.ts'

export type PathLike = string | URL | Uint8Array
export type Content = string | ArrayBuffer | ArrayBufferView
export type Encoded = BufferEncoding | { encoding?: BufferEncoding | null; flag?: string } | null

/** A path as a string; file URLs become their pathname. */
export function pathOf(path: unknown, name = 'path'): string {
  const text = pathText(path, name)
  if (!text.includes('\0')) return text
  throw argumentValueError(
    name,
    'must be a string, Uint8Array, or URL without null bytes',
    `'${text.replaceAll('\0', '\\x00')}'`,
  )
}

function pathText(path: unknown, name: string): string {
  if (typeof path === 'string') return path
  if (path instanceof Uint8Array) return decodeUtf8(path)
  if (path !== null && typeof path === 'object' && 'pathname' in path) return decodeURIComponent(String(path.pathname))
  throw argumentTypeError(name, 'of type string or an instance of Buffer or URL', path)
}

/** The validated encoding of an options argument. */
export function encodingIn(options: Encoded | undefined): BufferEncoding | undefined {
  if (options !== null && options !== undefined && typeof options !== 'string' && typeof options !== 'object') {
    throw argumentTypeError('options', 'of type string or an instance of Object', options)
  }
  const encoding = (typeof options === 'string' ? options : options?.encoding) ?? undefined
  if (encoding !== undefined && (encoding as string) !== 'buffer' && !encodingNamed(encoding)) {
    throw argumentValueError('encoding', 'is invalid encoding', `'${encoding}'`)
  }
  return (encoding as string) === 'buffer' ? undefined : encoding
}

/** Converts contents to the bytes to write. */
export function contentBytes(data: unknown, encoding: BufferEncoding | undefined): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8')
  if (ArrayBuffer.isView(data)) return bytesOf(data)
  throw argumentTypeError('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data)
}

/** Collects iterables and streams, which `fs/promises` also accepts as contents, into one value. */
export async function collectContents(data: unknown, encoding: BufferEncoding | undefined): Promise<unknown> {
  if (data === null || typeof data !== 'object' || ArrayBuffer.isView(data)) return data
  if (!(Symbol.iterator in data || Symbol.asyncIterator in data)) return data
  const parts: Uint8Array[] = []
  for await (const part of data as AsyncIterable<unknown>) parts.push(contentBytes(part, encoding))
  return Buffer.concat(parts)
}
