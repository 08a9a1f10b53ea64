// Attacks on time, memory, disk and threads: each ends with a typed status within its deadline, and the session goes on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ATTACKS } from './resource-attacks.ts'
import { createPool, graceAllowed, lagAllowed, openTarget, RSS, watchAll } from './session.ts'

const TIMEOUT = 1000

test('at least 64 attacks are tried', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(64)
})

let seen = { lagMs: Infinity, rss: Infinity }

describe.concurrent('an attack ends with a typed status in time:', () => {
  const inTurn = createPool([1, 2])
  let watch: ReturnType<typeof watchAll>
  beforeAll(() => {
    watch = watchAll()
  })
  afterAll(() => {
    seen = watch.stop()
  })

  test.each(ATTACKS)('%s', async (_title, code, statuses) => {
    // Two at a time, and a session for each: what one leaves in its child must not change how the next one ends.
    const end = await inTurn(async () => {
      const target = openTarget({ fileBytes: 10_000_000, sessionBytes: 50_000_000, sessionFiles: 60 })
      return target.attack(code, TIMEOUT).finally(() => target.sandbox.close())
    })
    expect(statuses).toContain(end.status)
    if (end.status !== 'ok') expect([end.code, end.message].every(Boolean)).toBe(true)
    expect(end.ms).toBeLessThan(TIMEOUT + graceAllowed())
    expect(end.text.length + (end.message?.length ?? 0)).toBeLessThan(10_000)
    expect(end.next).toBe('42')
  })
})

test('the parent stayed responsive, and no child passed its memory limit', () => {
  expect(seen.lagMs).toBeLessThan(lagAllowed())
  expect(seen.rss).toBeLessThanOrEqual(RSS)
})
