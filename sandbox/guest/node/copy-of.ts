// Bytes that a method of Node's takes as text or in any array: copied, as what goes to the host must not change.
import { Buffer } from '../core/buffer/buffer.ts'
import { argumentType } from '../core/node-error.ts'
import { bytesOf } from '../core/buffer/text-encoding.ts'

/** A copy of the bytes; `classes` are those that Node names when `data`, the argument `name`, is none of them. */
export function copyOf(data: unknown, name: string, classes: string, encoding?: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding as BufferEncoding)
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return bytesOf(data).slice()
  throw argumentType(name, `of type string or an instance of ${classes}`, data)
}
