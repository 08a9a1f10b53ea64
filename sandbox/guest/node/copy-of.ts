// Bytes from arguments that may be text or any array: copied, because data sent to the host must not change.
import { Buffer } from '../core/buffer/buffer.ts'
import { argumentTypeError } from '../core/node-error.ts'
import { bytesOf } from '../core/buffer/text-encoding.ts'

/** Copies the bytes; for an argument `name` of another type throws Node's error, which lists `classes`. */
export function copyOf(data: unknown, name: string, classes: string, encoding?: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding as BufferEncoding)
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return bytesOf(data).slice()
  throw argumentTypeError(name, `of type string or an instance of ${classes}`, data)
}
