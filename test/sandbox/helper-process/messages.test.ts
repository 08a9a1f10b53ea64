// Messages between the child and its helpers: whole again however they are cut, and bounded whoever sends them.
import { expect, test } from 'vitest'
import { createMessageReader, encodeMessage, type Message } from '../../../sandbox/helper-process/messages.ts'

function read(chunks: readonly Uint8Array[]): Message[] {
  const found: Message[] = []
  const take = createMessageReader((message) => found.push(message))
  for (const chunk of chunks) take(chunk)
  return found
}

const MESSAGES: readonly Message[] = [
  { value: null, bytes: [] },
  { value: { 名: ['x', 1] }, bytes: [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(0)] },
  { value: 'x'.repeat(10_500), bytes: [new Uint8Array(9000).fill(7)] },
]

test('messages arrive as they were sent, in chunks of any size', () => {
  const stream = Buffer.concat(MESSAGES.flatMap(encodeMessage))
  for (const size of [1, 7, 4096, stream.length]) {
    const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
      stream.subarray(i * size, (i + 1) * size),
    )
    expect(read(chunks)).toEqual(MESSAGES)
  }
})

test('sizes are refused before anything is allocated', () => {
  const head = (json: number, arrays: number, ...lengths: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(8 + 4 * lengths.length)
    for (const [i, value] of [json, arrays, ...lengths].entries()) bytes.writeUInt32BE(value, 4 * i)
    return bytes
  }
  expect(() => read([head(0, 0)])).toThrow('A message of 0 bytes of JSON and 0 arrays is not allowed.')
  expect(() => read([head(0xffffffff, 0)])).toThrow(
    'A message of 4294967295 bytes of JSON and 0 arrays is not allowed.',
  )
  expect(() => read([head(2, 0xffffffff)])).toThrow(
    'A message of 2 bytes of JSON and 4294967295 arrays is not allowed.',
  )
  expect(() => read([head(2, 2, 0xffffffff, 1)])).toThrow(
    '4,294,967,296 bytes cannot be sent at once; the limit is 1,000,000,000.',
  )
  expect(() => read([head(3, 0), Buffer.from('{]}')])).toThrow(SyntaxError)
  expect(() => read([head(400_000, 0), Buffer.alloc(400_000, '[')])).toThrow('It is nested more than 100 levels deep.')
})

test('what is too large to be sent is refused by its sender', () => {
  const bytes = [{ length: 600_000_000 }, { length: 600_000_000 }] as unknown as Uint8Array[]
  expect(() => encodeMessage({ value: 1, bytes })).toThrow(
    '1,200,000,000 bytes cannot be sent at once; the limit is 1,000,000,000.',
  )
})
