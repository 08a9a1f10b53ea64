// The main part of a helper process: gives up its rights, then answers one request after another on its standard input,
// which is a stream both ways. It ends when the child does.
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { dropAddons, filterSystemCalls, systemCallsAreFiltered } from '../child/confinement/confine.ts'
import { createMessageReader, encodeMessage, type Message } from './messages.ts'

/** Answers a request; may throw. */
export type Answer = (request: Message) => Promise<Message>

const MAX_MESSAGE = 10_000

/**
 * Serves until the child is gone. `load` brings in the native code that is needed, before the system calls for that are
 * given up; its result answers. `mustFilter`: does not start without the filter.
 */
export function serve(load: () => Answer, mustFilter: boolean): void {
  const answer = load()
  dropAddons()
  filterSystemCalls({ links: true })
  if (mustFilter && !systemCallsAreFiltered()) die('The system calls cannot be filtered.')
  const socket = new Socket({ fd: 0, readable: true, writable: true })
  const send = (message: Message): void => {
    for (const part of encodeMessage(message)) socket.write(part)
  }
  let last: Promise<void> = Promise.resolve()
  const read = createMessageReader((request) => {
    last = last.then(async () => {
      try {
        const { value, bytes } = await answer(request)
        send({ value: { ok: value ?? null }, bytes })
      } catch (error) {
        send({ value: { error: describe(error) }, bytes: [] })
      }
    })
    last.catch(die)
  })
  socket.on('data', (chunk: Uint8Array) => {
    try {
      read(chunk)
    } catch (error) {
      die(error)
    }
  })
  for (const event of ['error', 'end', 'close']) socket.on(event, () => die())
  send({ value: { ready: true }, bytes: [] })
}

function describe(error: unknown): { name: string; message: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: 'The operation failed.' }
  const name = ['TypeError', 'RangeError'].includes(error.name) ? error.name : 'Error'
  return { name, message: error.message.slice(0, MAX_MESSAGE) }
}

function die(reason?: unknown): never {
  if (reason !== undefined) writeSync(2, `${inspect(reason)}\n`)
  process.kill(process.pid, 'SIGKILL')
  throw new Error('killed')
}
