// The child's end of a helper: it starts one when needed, again when it died, and believes nothing that it says.
import { type Duplex, duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { createHelpers } from '../../../sandbox/helper-process/client.ts'
import { createMessageReader, encodeMessage, type Message } from '../../../sandbox/helper-process/messages.ts'
import { FIRST_HELPER_PIPE, MAX_HELPERS } from '../../../sandbox/protocol.ts'

/** A helper in this process; `behave` gets its end of each pipe. */
function openHelper(behave: (end: Duplex) => void) {
  const started: string[] = []
  const opened: number[] = []
  const helpers = createHelpers({
    start: (name) => void started.push(name),
    exhausted: () => {
      throw new Error('exhausted')
    },
    open(fd) {
      opened.push(fd)
      const [near, far] = duplexPair()
      behave(far)
      return near
    },
  })
  return { helper: helpers('sql'), started, opened }
}

function send(end: Duplex, value: unknown, bytes: readonly Uint8Array[] = []): void {
  for (const part of encodeMessage({ value, bytes })) end.write(part)
}

/** Says that it is ready, and answers each request. */
function answering(answer: (request: Message, end: Duplex) => void): (end: Duplex) => void {
  return (end) => {
    send(end, { ready: true })
    end.on(
      'data',
      createMessageReader((request) => answer(request, end)),
    )
  }
}

test('requests are answered in order, with their bytes, by one helper', async () => {
  const { helper, started, opened } = openHelper(
    answering(({ value, bytes }, end) => send(end, { ok: [value, bytes.length] }, bytes)),
  )
  const [first, second] = await Promise.all([helper.call('a', [Uint8Array.of(1)]), helper.call('b', [])])
  expect([first, second]).toEqual([
    { value: ['a', 1], bytes: [Uint8Array.of(1)] },
    { value: ['b', 0], bytes: [] },
  ])
  expect([started, opened, helper.generation]).toEqual([['sql'], [FIRST_HELPER_PIPE], 1])
})

test('an error of the helper is one of the call', async () => {
  const { helper } = openHelper(answering((_, end) => send(end, { error: { name: 'TypeError', message: 'no' } })))
  await expect(helper.call(1, [])).rejects.toMatchObject({ name: 'TypeError', message: 'no' })
})

const ENDED = 'sql: the helper process ended in the middle of this. The next call starts another.'
const INVALID = 'sql: the helper process sent an invalid answer and was left. The next call starts another.'

test.each<[string, (end: Duplex) => void, string]>([
  ['ends before it is ready', (end) => end.end(), ENDED],
  ['ends in the middle', answering((_, end) => end.end()), ENDED],
  ['ends within an answer', answering((_, end) => end.end(Buffer.from([0, 0, 0, 9, 0, 0]))), ENDED],
  ['says what is not JSON', answering((_, end) => end.write(Buffer.from('\0\0\0\x02\0\0\0\0{x'))), INVALID],
  ['says something else', answering((_, end) => send(end, { good: 1 })), INVALID],
  ['makes an error of an object', answering((_, end) => send(end, { error: { name: 'E', message: {} } })), INVALID],
  ['announces four gigabytes', answering((_, end) => end.write(Buffer.alloc(8, 255))), INVALID],
  [
    'answers twice',
    answering((_, end) => {
      send(end, { ok: 1 })
      send(end, { ok: 2 })
    }),
    '',
  ],
  ['answers before it is asked', (end) => send(end, { ok: 1 }), INVALID],
])('a helper that %s', async (_title, behave, message) => {
  const { helper, started } = openHelper(behave)
  const answer = (): Promise<string> =>
    helper.call(1, []).then(
      () => '',
      (error: Error) => error.message,
    )
  expect(await answer()).toBe(message)
  // Then another is started, until none is left.
  for (let n = 1; n < MAX_HELPERS; n++) expect(await answer()).toBe(message)
  expect(started).toHaveLength(MAX_HELPERS)
  expect(await answer()).toBe('exhausted')
})
