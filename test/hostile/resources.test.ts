// Attacks on time, memory, disk and threads: each ends with a typed status within its deadline, and the session goes on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ATTACKS } from './resource-attacks.ts'
import { createPool, graceAllowed, lagAllowed, openTarget, RSS, watchAll, type Target } from './session.ts'

const TIMEOUT = 1000

test('at least 64 attacks are tried', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(64)
})

let seen = { lagMs: Infinity, rss: Infinity }

describe.concurrent('an attack ends with a typed status in time:', () => {
  let targets: Target[]
  let use: ReturnType<typeof createPool>
  let watch: ReturnType<typeof watchAll>
  beforeAll(() => {
    const small = { fileBytes: 10_000_000, sessionBytes: 50_000_000, sessionFiles: 60 }
    targets = [openTarget(small), openTarget(small)]
    use = createPool(targets)
    watch = watchAll()
  })
  afterAll(async () => {
    seen = watch.stop()
    for (const { sandbox } of targets) await sandbox.close()
  })

  test.each(ATTACKS)('%s', async (_title, code, statuses) => {
    const end = await use(async (target) => {
      const attacked = await target.attack(code, TIMEOUT)
      for (const { name } of target.sandbox.files())
        await target.run(`(await import('fs')).rmSync(${JSON.stringify(name)})`, 20_000)
      return attacked
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
