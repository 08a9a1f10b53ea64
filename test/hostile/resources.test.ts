// Attacks on time, memory, disk and threads: each ends with a typed status within its limits, and the session
// continues.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Limits } from '../../sandbox/limits.ts'
import type { CellStatus } from '../../sandbox/protocol.ts'
import { ATTACKS } from './resource-attacks.ts'
import { cpuAllowed, createPool, openTarget, type Target } from './session.ts'
import { expectCalm, watchAll, type SeenAll, type Watch } from './watch.ts'

/** Time limits of a cell that can only use it up, of one that may end otherwise before, and of one that must. */
const SHORT = 200
const MIDDLE = 400
const LONG = 30_000
/** Processor time within which a cell that must end does so. */
const MAX_MS = 1500
/** A child that an attack may kill is not reused, even if it survives. */
const MAY_LOSE: readonly CellStatus[] = ['timeout', 'memory', 'crashed']
const SMALL: Partial<Limits> = { fileBytes: 10_000_000, sessionBytes: 50_000_000, sessionFiles: 60 }

test('at least 64 attacks are tried', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(64)
})

let seen: SeenAll

describe.concurrent('an attack ends with a typed status in time:', () => {
  let targets: Target[]
  let use: ReturnType<typeof createPool<Target>>
  let watch: Watch
  beforeAll(() => {
    watch = watchAll()
    targets = [openTarget(SMALL), openTarget(SMALL)]
    use = createPool(targets)
  })
  afterAll(async () => {
    seen = watch.stop()
    for (const { sandbox } of targets) await sandbox.close()
  })

  test.each(ATTACKS)('%s', async (_title, code, statuses) => {
    const timeoutMs = !statuses.includes('timeout') ? LONG : statuses.length > 1 ? MIDDLE : SHORT
    await watch.attack(async () => {
      const end = await use(async (target) => {
        const attacked = await target.attack(code, timeoutMs)
        // What one attack leaves in its child or on its disk must not change how the next one ends.
        await target.clear(attacked.lost || !MAY_LOSE.some((status) => statuses.includes(status)))
        return attacked
      })
      expect(statuses).toContain(end.status)
      if (end.status !== 'ok') expect([end.code, end.message].every(Boolean)).toBe(true)
      expect(end.cpuMs).toBeLessThan(cpuAllowed(Math.min(timeoutMs, MAX_MS)))
      expect(end.outlived).toBe(false)
      expect(end.text.length + (end.message?.length ?? 0)).toBeLessThan(10_000)
      expect(end.next).toBe('42')
    })
  })
})

test('the parent stayed responsive, and no child was left with more than its memory limit', () => {
  expectCalm(seen)
})
