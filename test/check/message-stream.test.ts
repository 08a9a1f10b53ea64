// The framing of language server messages: a header with a length, and that many bytes.
import { describe, expect, test } from 'vitest'
import { createMessageReader, frame } from '../../src/check/type-checker/message-stream.ts'

/** The messages received from these chunks. */
function received(...chunks: readonly string[]): unknown[] {
  const got: unknown[] = []
  const read = createMessageReader((message) => got.push(message))
  for (const chunk of chunks) read(Buffer.from(chunk))
  return got
}

test('a message is sent with the length of its bytes', () => {
  expect(frame({ a: '你' }).toString()).toBe('Content-Length: 11\r\n\r\n{"a":"你"}')
})

describe('a message is received', () => {
  test.each([
    'Content-Length: 2\r\n\r\n',
    'Content-Length:2\r\n\r\n',
    'CONTENT-LENGTH:   2\r\n\r\n',
    'Content-Type: a; charset=b\r\nContent-Length: 2\r\n\r\n',
    'Content-Length: 2\r\nContent-Type: a\r\n\r\n',
  ])('by the header %j', (header) => expect(received(`${header}[]`)).toEqual([[]]))

  test('when its last byte is there, and with it those that are whole', () => {
    const sent = [{ a: 1 }, { b: '你' }, { c: 3 }].map((message) => frame(message).toString()).join('')
    expect(received(sent)).toEqual([{ a: 1 }, { b: '你' }, { c: 3 }])
    expect(received(sent.slice(0, -1))).toEqual([{ a: 1 }, { b: '你' }])
    expect(received(sent.slice(0, -1), sent.slice(-1))).toEqual([{ a: 1 }, { b: '你' }, { c: 3 }])
    expect(received('Content-', 'Length: 4\r\n\r', '\n[', '12', ']Content-Length: 1\r\n\r\n3')).toEqual([[12], 3])
    expect(received('Content-Length: 0004\r\n\r\n[1]', ' ')).toEqual([[1]])
  })

  test('in any number of pieces, one after another', () => {
    const got: unknown[] = []
    const read = createMessageReader((message) => got.push(message))
    for (let round = 0; round < 3; round++) {
      for (const byte of frame({ round })) read(Buffer.from([byte]))
      expect(got.splice(0)).toEqual([{ round }])
    }
  })
})

describe('what is no message ends the stream', () => {
  test.each([
    ['Content-Length: 32000001\r\n\r\n', 'the language server sent a message of 32000001 bytes'],
    ['Content-Type: a\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['X-Content-Length: 2\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['Content-Length: 2a\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['Content-Length: a2\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['Content-Length:\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['\r\n\r\n', 'the language server sent a message of NaN bytes'],
    ['a: b\r\n\r\nContent-Length: 2\r\n\r\n[]', 'the language server sent a message of NaN bytes'],
    ['x'.repeat(4097), 'the language server sent no header'],
  ])('%j', (text, message) => expect(() => received(text)).toThrow(new Error(message)))

  test('but not before it is certain', () => {
    expect(received('Content-Length: 32000000\r\n\r\n[')).toEqual([])
    expect(received('x'.repeat(4096))).toEqual([])
    expect(received(`${'x'.repeat(4000)}\r\nContent-Length: ${'0'.repeat(200)}2\r\n\r\n[]`)).toEqual([[]])
  })

  test('nor is a body that is no JSON one', () => {
    expect(() => received('Content-Length: 1\r\n\r\n[')).toThrow(SyntaxError)
  })
})
