// fs.createReadStream and createWriteStream: read or write the whole file behind the stream interface.
import { Readable, Writable } from 'readable-stream'
import { Buffer } from '../core/buffer/buffer.ts'
import type { PathLike } from './arguments.ts'
import { appendFileSync, readFileSync, writeFileSync } from './sync.ts'

const CHUNK = 65_536

interface ReadOptions {
  readonly encoding?: BufferEncoding
  readonly start?: number
  readonly end?: number
  readonly highWaterMark?: number
}

export function createReadStream(path: PathLike, options?: BufferEncoding | ReadOptions): Readable {
  const {
    encoding,
    start = 0,
    end = Infinity,
    highWaterMark = CHUNK,
  }: ReadOptions = typeof options === 'string' ? { encoding: options } : (options ?? {})
  let bytes = Buffer.alloc(0)
  let at = 0
  const stream = new Readable({
    highWaterMark,
    // As in Node, the file is opened immediately, so a missing file emits an error before the first read.
    construct(done) {
      try {
        bytes = (readFileSync(path) as Buffer<ArrayBuffer>).subarray(start, end + 1)
        stream.emit('open', 3)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    read() {
      const part = bytes.subarray(at, at + highWaterMark)
      at += part.length
      stream.push(part.length > 0 ? part : null)
    },
  })
  if (encoding) stream.setEncoding(encoding)
  return Object.assign(stream, { path })
}

export function createWriteStream(path: PathLike, options?: BufferEncoding | { flags?: string }): Writable {
  const flags = (typeof options === 'object' ? options.flags : undefined) ?? 'w'
  const parts: Buffer[] = []
  const stream = new Writable({
    write(part: Buffer | string, encoding: BufferEncoding, done: () => void) {
      parts.push(typeof part === 'string' ? Buffer.from(part, encoding) : part)
      stream.bytesWritten += part.length
      done()
    },
    final(done: (error?: Error) => void) {
      try {
        const write = flags.startsWith('a') ? appendFileSync : writeFileSync
        write(path, Buffer.concat(parts))
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  }) as Writable & { bytesWritten: number }
  return Object.assign(stream, { path, bytesWritten: 0 })
}
