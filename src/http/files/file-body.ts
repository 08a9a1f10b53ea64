// A file's bytes as a response body: opened when the client reads the first, and always closed.
import { close, open, read } from 'node:fs'
import { promisify } from 'node:util'

const CHUNK = 262_144

/** The bytes `start` to `end`, both included. */
export function fileBody(path: string, start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  return descriptorBody(() => openFile(path), start, end)
}

/** All bytes of an open file, which is closed at the end, also if the body is cancelled before the first read. */
export function openBody(descriptor: number, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  return descriptorBody(() => Promise.resolve(descriptor), 0, size - 1, descriptor)
}

/** A plain descriptor: unlike a FileHandle, a leaked one does not end the program. */
export function openFile(path: string): Promise<number> {
  return promisify(open)(path, 'r')
}

function descriptorBody(from: () => Promise<number>, start: number, end: number, opened?: number) {
  let descriptor = opened
  let at = start
  let reading: Promise<unknown> = Promise.resolve()

  const finish = async (): Promise<void> => {
    const last = descriptor
    descriptor = undefined
    if (last !== undefined) await promisify(close)(last)
  }
  const step = async (): Promise<Uint8Array<ArrayBuffer>> => {
    descriptor ??= await from()
    const buffer = new Uint8Array(Math.min(CHUNK, end - at + 1))
    const { bytesRead } = await promisify(read)(descriptor, buffer, 0, buffer.length, at)
    at += bytesRead
    return buffer.subarray(0, bytesRead)
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const next = step()
          reading = next
          const part = await next
          if (part.length > 0) controller.enqueue(part)
          if (part.length > 0 && at <= end) return
          await finish()
          if (at <= end) throw new Error('The file ended early.')
          controller.close()
        } catch (error) {
          await finish()
          controller.error(error)
        }
      },
      async cancel() {
        // A descriptor must not be closed, and reused for another file, during a read.
        await reading.catch(() => undefined)
        await finish()
      },
    },
    { highWaterMark: 0 },
  )
}
