// A session whose disk fails: what could not be recorded is an error, and it continues once there is space.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { createRecorder } from '../../src/runtime/recorder.ts'

const print: Event = { type: 'print', cell: 1, stream: 'stdout', text: 'x' }
const message: Event = { type: 'message', text: 'x' }

/** A store whose disk is full while `disk.full` is set. */
function recorderOn(disk: { full: boolean }) {
  const kept: Event[] = []
  const stored = {
    events: kept,
    append: async (event: Event) => {
      if (disk.full) throw new Error('full')
      kept.push(event)
    },
  } as unknown as StoredSession
  return { kept, journal: createRecorder(stored, () => Promise.reject(new Error('no sandbox'))) }
}

test('an event that cannot be kept is refused, and the next one is kept as soon as there is room', async () => {
  const disk = { full: true }
  const { journal, kept } = recorderOn(disk)
  await expect(journal.record(message)).rejects.toThrow('full')
  await expect(journal.record(message)).rejects.toThrow('full')
  disk.full = false
  await journal.record(message)
  expect(kept).toEqual([message])
})

test('a line that was lost without anybody waiting for it fails the event after it, once', async () => {
  const disk = { full: true }
  const { journal, kept } = recorderOn(disk)
  await journal.record(print)
  disk.full = false
  await expect(journal.record(message)).rejects.toThrow('full')
  await journal.record(message)
  expect(kept).toEqual([message])
})
