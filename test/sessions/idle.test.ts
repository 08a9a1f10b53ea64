// The idle reset fires once, when it is due; activity postpones it, and a stopped timer stays silent.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchIdle } from '../../sessions/expiry.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { printOf } from './scene.ts'

const IDLE_MS = 150
const sleep = (ms: number) => vi.advanceTimersByTimeAsync(ms)
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

async function scene() {
  const store = openMemoryStore({ disk: createMemoryDisk() })
  const session = await store.create({ idleMs: IDLE_MS, retentionMs: 1000 })
  const idle: number[] = []
  const begin = performance.now()
  const stop = watchIdle(session, () => idle.push(performance.now() - begin))
  return { session, idle, stop }
}

test('a session that nobody uses falls idle once', async () => {
  const { session, idle } = await scene()
  await sleep(IDLE_MS * 3)
  expect(idle).toHaveLength(1)
  expect(session.info().state).toBe('idle')
})

test('activity puts the reset off by the whole time', async () => {
  const { session, idle } = await scene()
  await sleep(IDLE_MS / 2)
  await session.append(printOf('still here'))
  await sleep(IDLE_MS * 3)
  expect(idle).toHaveLength(1)
  expect(idle[0]).toBeGreaterThan(IDLE_MS * 1.4)
})

test('a watch that was stopped says nothing', async () => {
  const { idle, stop } = await scene()
  stop()
  await sleep(IDLE_MS * 2)
  expect(idle).toEqual([])
})
