// Blob: immutable bytes with a type.
import { argumentTypeError } from '../core/node-error.ts'
import { bytesOf, decodeUtf8, encodeUtf8 } from '../core/buffer/text-encoding.ts'

const bytes = new WeakMap<object, Uint8Array>()

class GuestBlob {
  readonly type: string
  constructor(parts: Iterable<unknown> = [], { type = '' }: { type?: string } = {}) {
    if (typeof parts === 'string' || typeof parts?.[Symbol.iterator] !== 'function') {
      throw argumentTypeError('sources', 'a sequence', parts)
    }
    const all = [...parts].map((part) => {
      if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) return bytesOf(part)
      return bytes.get(part as object) ?? encodeUtf8(String(part))
    })
    const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of all) {
      whole.set(part, at)
      at += part.length
    }
    bytes.set(this, whole)
    this.type = /[^\u0020-\u007e]/.test(type) ? '' : String(type).toLowerCase()
  }
  get size(): number {
    return own(this).length
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return own(this).slice().buffer
  }
  async bytes(): Promise<Uint8Array> {
    return own(this).slice()
  }
  async text(): Promise<string> {
    return decodeUtf8(own(this))
  }
  slice(from = 0, to = this.size, type = ''): GuestBlob {
    return new GuestBlob([own(this).slice(from, to)], { type })
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Blob { size: ${this.size}, type: '${this.type}' }`
  }
}
Object.defineProperty(GuestBlob, 'name', { value: 'Blob' })
Object.defineProperty(GuestBlob.prototype, Symbol.toStringTag, { value: 'Blob', configurable: true })

function own(blob: GuestBlob): Uint8Array<ArrayBuffer> {
  const held = bytes.get(blob)
  if (!held) throw Object.assign(new TypeError('Value of "this" must be of type Blob'), { code: 'ERR_INVALID_THIS' })
  return held as Uint8Array<ArrayBuffer>
}

export { GuestBlob as Blob }
