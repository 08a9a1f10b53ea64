// Sessions in use by one program: opened once, reset when idle, and reopened while they are being released.
import { afterEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import {
  createSessionService,
  type SessionService,
  type SessionServiceOptions,
} from '../../src/runtime/session-service.ts'
import type { Session } from '../../src/runtime/session.ts'
import { startProcesses } from '../shared-processes.ts'

const HOUR = 3_600_000
const services: SessionService[] = []
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

function keep(options: Partial<SessionServiceOptions> = {}, disk = createMemoryDisk()): SessionService {
  const store = Promise.resolve(openMemoryStore({ disk }))
  const service = createSessionService({ store, limits: defaultLimits(), ...options })
  services.push(service)
  return service
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
    const { id } = await keep({ startProcesses }, disk).create({ idleMs: HOUR, retentionMs: HOUR })
    await services[0]?.close()
    const service = keep({ startProcesses }, disk)
    const [one, two] = await Promise.all([service.open(id), service.open(id)])
    expect(one).toMatchObject({ status: 'open' })
    expect(one).toEqual(two)
    expect(service.active(id)).toBeDefined()
    expect(await service.open('nothing-of-that-name-000')).toEqual({ status: 'unknown' })
  })

  it('rests a session that was idle for its time, and restores it for the next cell', async () => {
    const rested = Promise.withResolvers<string>()
    const service = keep({ onIdle: rested.resolve })
    const session = await service.create({ idleMs: 1500, retentionMs: HOUR })
    expect(await valueOf(session, 'const list = [1, 2]; list.length')).toBe('2')
    expect(await rested.promise).toBe(session.id)
    expect(service.active(session.id)).toBeUndefined()
    const again = await service.open(session.id)
    if (again.status !== 'open') throw new Error(again.status)
    expect(await valueOf(again.session, 'list.push(3)')).toBe('3')
    expect(again.session.events.filter(({ type }) => type === 'restored')).toMatchObject([{ cells: 1, missing: [] }])
  })

  it('lets whoever opens a session wait until it was let go', async () => {
    const service = keep()
    const session = await service.create({ idleMs: HOUR, retentionMs: HOUR })
    await valueOf(session, 'let n = 1')
    const resting = service.deactivate(session.id)
    const again = await service.open(session.id)
    await resting
    expect(again.status === 'open' && (await valueOf(again.session, 'n + 1'))).toBe('2')
  })

  it('does not rest a session that is at work past its idle time', async () => {
    let idle = 0
    const service = keep({ startProcesses, onIdle: () => idle++ })
    const session = await service.create({ idleMs: 1000, retentionMs: HOUR })
    await valueOf(session, '0')
    const slow = 'for (const end = performance.timeOrigin; Date.now() < end + 3e6;) {} 7'
    expect(await valueOf(session, slow)).toBe('7')
    expect(idle).toBe(0)
  })

  it('deletes a session without retention as soon as it rests', async () => {
    const disk = createMemoryDisk()
    const service = keep({ startProcesses }, disk)
    const { id } = await service.create({ idleMs: HOUR, retentionMs: 0 })
    await service.deactivate(id)
    expect(await service.open(id)).toEqual({ status: 'open', session: expect.anything() })
  })
})
