// Sessions in use by one program: opened once, rested when idle, opened again while they are being let go.
import { afterEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { createKeeper, type Keeper, type KeeperOptions } from '../../src/runtime/session-registry.ts'
import type { Session } from '../../src/runtime/session.ts'
import { startRooms } from '../shared-processes.ts'

const HOUR = 3_600_000
const keepers: Keeper[] = []
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.close()
})

function keep(options: Partial<KeeperOptions> = {}, disk = createMemoryDisk()): Keeper {
  const store = Promise.resolve(openMemoryStore({ disk }))
  const keeper = createKeeper({ store, limits: defaultLimits(), ...options })
  keepers.push(keeper)
  return keeper
}

async function valueOf(session: Session, code: string): Promise<string> {
  let text = ''
  const signal = new AbortController().signal
  for await (const event of session.run({ code }, signal)) {
    if (event.type === 'print') text += event.text
    if (event.type === 'result' && event.status !== 'ok') text += event.message ?? event.status
  }
  return text.trim()
}

describe('a keeper', () => {
  it('gives the same session to all who ask, also at once', async () => {
    const disk = createMemoryDisk()
    const { id } = await keep({ startRooms }, disk).create({ idleMs: HOUR, retentionMs: HOUR })
    await keepers[0]?.close()
    const keeper = keep({ startRooms }, disk)
    const [one, two] = await Promise.all([keeper.open(id), keeper.open(id)])
    expect(one).toMatchObject({ status: 'open' })
    expect(one).toEqual(two)
    expect(keeper.living(id)).toBeDefined()
    expect(await keeper.open('nothing-of-that-name-000')).toEqual({ status: 'unknown' })
  })

  it('rests a session that was idle for its time, and restores it for the next cell', async () => {
    const rested = Promise.withResolvers<string>()
    const keeper = keep({ onIdle: rested.resolve })
    const session = await keeper.create({ idleMs: 1500, retentionMs: HOUR })
    expect(await valueOf(session, 'const list = [1, 2]; list.length')).toBe('2')
    expect(await rested.promise).toBe(session.id)
    expect(keeper.living(session.id)).toBeUndefined()
    const again = await keeper.open(session.id)
    if (again.status !== 'open') throw new Error(again.status)
    expect(await valueOf(again.session, 'list.push(3)')).toBe('3')
    expect(again.session.events.filter(({ type }) => type === 'restored')).toMatchObject([{ cells: 1, missing: [] }])
  })

  it('lets whoever opens a session wait until it was let go', async () => {
    const keeper = keep()
    const session = await keeper.create({ idleMs: HOUR, retentionMs: HOUR })
    await valueOf(session, 'let n = 1')
    const resting = keeper.rest(session.id)
    const again = await keeper.open(session.id)
    await resting
    expect(again.status === 'open' && (await valueOf(again.session, 'n + 1'))).toBe('2')
  })

  it('does not rest a session that is at work past its idle time', async () => {
    let idle = 0
    const keeper = keep({ startRooms, onIdle: () => idle++ })
    const session = await keeper.create({ idleMs: 1000, retentionMs: HOUR })
    await valueOf(session, '0')
    const slow = 'for (const end = performance.timeOrigin; Date.now() < end + 3e6;) {} 7'
    expect(await valueOf(session, slow)).toBe('7')
    expect(idle).toBe(0)
  })

  it('deletes a session without retention as soon as it rests', async () => {
    const disk = createMemoryDisk()
    const keeper = keep({ startRooms }, disk)
    const { id } = await keeper.create({ idleMs: HOUR, retentionMs: 0 })
    await keeper.rest(id)
    expect(await keeper.open(id)).toEqual({ status: 'open', session: expect.anything() })
  })
})
