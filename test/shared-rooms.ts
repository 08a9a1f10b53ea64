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
  const { sandbox, leave } = lent(rooms.sandbox)
  let closing: Promise<void> | undefined
  const giveBack = async (): Promise<void> => {
    rooms.checker.forget()
    await leave()
    free.push({ key, rooms })
  }
  return { sandbox, checker: { ...rooms.checker, close: () => undefined }, close: () => (closing ??= giveBack()) }
}

/** The sandbox until `leave`, which empties it. */
function lent(sandbox: Sandbox): { sandbox: Sandbox; leave(): Promise<void> } {
  const underWay = new Set<Promise<unknown>>()
  const cells = new Set<Promise<unknown>>()
  let left = false
  const noting =
    <Given extends unknown[], T>(work: (...given: Given) => Promise<T>, kind = underWay) =>
    async (...given: Given): Promise<T> => {
      if (left) throw new Error('The sandbox was given back.')
      const done = work(...given)
      kind.add(done)
      return done.finally(() => kind.delete(done))
    }
  const guarded: Sandbox = {
    upload: noting(sandbox.upload),
    run: noting(sandbox.run, cells),
    place: noting(sandbox.place),
    show: noting(sandbox.show, cells),
    take: noting(sandbox.take),
    renew: noting(sandbox.renew),
    get generation() {
      return sandbox.generation
    },
    file: sandbox.file,
    files: sandbox.files,
    close: sandbox.close,
  }
  return {
    sandbox: guarded,
    async leave() {
      left = true
      // As when a session is closed in the middle of a cell.
      if (cells.size > 0) await sandbox.renew()
      await Promise.allSettled([...cells, ...underWay])
      for (const { name } of sandbox.files()) await sandbox.take(name)
    },
  }
}
