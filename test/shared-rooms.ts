// Rooms that the tests of a file use one after another, as starting a sandbox and a checker is most of what a test costs.
// Files and known names go when they are given back; what a cell left in memory stays, so they are nothing for tests that
// ask whether variables are gone, or are brought back.
import { afterAll } from 'vitest'
import type { Sandbox } from '../src/runner/sandbox.ts'
import { startRooms as startFresh, type RoomOptions, type Rooms } from '../src/session/rooms.ts'

const free: { readonly key: string; readonly rooms: Rooms }[] = []
afterAll(async () => {
  for (const { rooms } of free.splice(0)) await rooms.close()
})

/** As the product's `startRooms`, with rooms that were used before where there are some with the same limits. */
export async function startRooms(options: RoomOptions): Promise<Rooms> {
  const key = JSON.stringify(options)
  const at = free.findIndex((one) => one.key === key)
  const [found] = at < 0 ? [] : free.splice(at, 1)
  const rooms = found?.rooms ?? (await startFresh(options))
  const { checker } = rooms
  const { sandbox, isBusy } = watched(rooms.sandbox)
  let closing: Promise<void> | undefined

  const giveBack = async (): Promise<void> => {
    checker.forget()
    // As when a session is closed in the middle of a cell.
    if (isBusy()) await sandbox.renew()
    for (const { name } of sandbox.files()) await sandbox.take(name)
    free.push({ key, rooms })
  }
  return { sandbox, checker: { ...checker, close: () => undefined }, close: () => (closing ??= giveBack()) }
}

function watched(sandbox: Sandbox) {
  let running = 0
  const run: Sandbox['run'] = async (...given) => {
    running++
    try {
      return await sandbox.run(...given)
    } finally {
      running--
    }
  }
  const show: Sandbox['show'] = async (...given) => {
    running++
    try {
      return await sandbox.show(...given)
    } finally {
      running--
    }
  }
  return {
    sandbox: {
      ...sandbox,
      run,
      show,
      get generation() {
        return sandbox.generation
      },
    },
    isBusy: () => running > 0,
  }
}
