// Work as a generator of its events: the reader sets the pace, and one that stops early ends the work.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { streamEvents, type Push } from '../../src/runtime/event-stream.ts'

const notice = (text: string): Event => ({ type: 'notice', text })
const never = new AbortController().signal

test('events come one by one in order, then the result; the next is pushed when the reader asks for it', async () => {
  const steps: string[] = []
  const events = streamEvents(async (push) => {
    for (const text of ['a', 'b']) {
      await push(notice(text))
      steps.push(`taken ${text}`)
    }
    return 7
  }, never)
  expect(await events.next()).toEqual({ done: false, value: notice('a') })
  expect(steps).toEqual([])
  expect(await events.next()).toEqual({ done: false, value: notice('b') })
  expect(steps).toEqual(['taken a'])
  expect(await events.next()).toEqual({ done: true, value: 7 })
  expect(steps).toEqual(['taken a', 'taken b'])
})

test('an error of the work comes after the events before it', async () => {
  const events = streamEvents(async (push) => {
    void push(notice('a'))
    throw new Error('broken')
  }, never)
  expect((await events.next()).value).toEqual(notice('a'))
  await expect(events.next()).rejects.toThrow('broken')
})

test('a reader that stops aborts the work, refuses what it pushes, and waits until it has ended', async () => {
  const steps: string[] = []
  const work = async (push: Push, signal: AbortSignal): Promise<void> => {
    await push(notice('a')).catch(() => steps.push('refused a'))
    steps.push(`aborted ${signal.aborted}`)
    await push(notice('b')).catch(() => steps.push('refused b'))
    await Promise.resolve()
    steps.push('ended')
  }
  for await (const event of streamEvents(work, never)) {
    expect(event).toEqual(notice('a'))
    break
  }
  expect(steps).toEqual(['refused a', 'aborted true', 'refused b', 'ended'])
})

test("the caller's signal reaches the work", async () => {
  const cancel = new AbortController()
  const events = streamEvents(async (_push, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return 'cancelled'
  }, cancel.signal)
  const next = events.next()
  cancel.abort()
  expect(await next).toEqual({ done: true, value: 'cancelled' })
})
