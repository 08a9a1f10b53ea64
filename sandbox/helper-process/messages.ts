// Messages between the child and one of its helper processes, on a stream that only the two have: JSON and byte arrays.
// Each side takes the other for hostile: sizes are bounded before anything is allocated, and what they say is checked.
import { parseJson } from '../bounded-json.ts'

export interface Message {
  readonly value: unknown
  readonly bytes: readonly Uint8Array[]
}

/** Bytes of JSON, of all arrays of a message, and their number. */
const MAX_JSON = 16_000_000
const MAX_BYTES = 1_000_000_000
const MAX_ARRAYS = 40_000
/** A table may have ten thousand columns. */
const MAX_VALUES = 100_000

const HEAD = 8

/**
 * A message as parts to be written one after another: the length of the JSON and the number of arrays (4 bytes each, big
 * endian), the arrays' lengths (4 bytes each), the JSON, the arrays. Throws RangeError for one that is too large.
 */
export function encodeMessage({ value, bytes }: Message): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(value))
  const total = bytes.reduce((sum, { length }) => sum + length, 0)
  checkSize(json.length, bytes.length)
  checkTotal(total)
  const head = Buffer.alloc(HEAD + 4 * bytes.length)
  head.writeUInt32BE(json.length, 0)
  head.writeUInt32BE(bytes.length, 4)
  bytes.forEach(({ length }, i) => head.writeUInt32BE(length, HEAD + 4 * i))
  return [head, json, ...bytes.filter(({ length }) => length > 0)]
}

/** Reads messages of chunks. Throws for one that is too large or not JSON; nothing may be read after that. */
export function createMessageReader(onMessage: (message: Message) => void): (chunk: Uint8Array) => void {
  let steps = readMessage(onMessage)
  let target = start(steps)
  let filled = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + target.length - filled)
      target.set(part, filled)
      filled += part.length
      at += part.length
      while (filled === target.length) {
        const next = steps.next()
        if (next.done) {
          steps = readMessage(onMessage)
          target = start(steps)
        } else target = next.value
        filled = 0
        if (target.length > 0) break
      }
    }
  }
}

type Steps = Generator<Uint8Array, void, undefined>

function start(steps: Steps): Uint8Array {
  return steps.next().value as Uint8Array
}

/** Yields one array after another to be filled. */
function* readMessage(onMessage: (message: Message) => void): Steps {
  const head = Buffer.alloc(HEAD)
  yield head
  const jsonLength = head.readUInt32BE(0)
  const count = head.readUInt32BE(4)
  checkSize(jsonLength, count)
  const lengths = Buffer.alloc(4 * count)
  if (count > 0) yield lengths
  const sizes = Array.from({ length: count }, (_, i) => lengths.readUInt32BE(4 * i))
  checkTotal(sizes.reduce((sum, size) => sum + size, 0))
  const json = Buffer.alloc(jsonLength)
  yield json
  const bytes: Uint8Array[] = []
  for (const size of sizes) {
    const array = new Uint8Array(size)
    if (size > 0) yield array
    bytes.push(array)
  }
  onMessage({ value: parseJson(json, MAX_VALUES), bytes })
}

function checkSize(json: number, arrays: number): void {
  if (json === 0 || json > MAX_JSON || arrays > MAX_ARRAYS)
    throw new RangeError(`A message of ${json} bytes of JSON and ${arrays} arrays is not allowed.`)
}

function checkTotal(bytes: number): void {
  if (bytes <= MAX_BYTES) return
  const n = (value: number): string => value.toLocaleString('en-US')
  throw new RangeError(`${n(bytes)} bytes cannot be sent at once; the limit is ${n(MAX_BYTES)}.`)
}
