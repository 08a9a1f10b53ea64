// Each row of the table of facts about isolated-vm and sharp: the right status within its limits, and the session
// continues.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CellStatus } from '../../sandbox/protocol.ts'
import { cpuAllowed, createPool, openTarget, type Target } from './session.ts'
import { expectCalm, watchAll, type SeenAll, type Watch } from './watch.ts'

/** Time limits of a cell that can only use it up, of one that may end otherwise before, and of one that must. */
const SHORT = 400
const MIDDLE = 1500
const LONG = 30_000
/** Wall-clock time, for all of them. */
const WALL = 150_000

/** What a guest does, how that must end, and the message; `memory` and `timeout` lose the child, `threw` does not. */
const FACTS: readonly (readonly [title: string, code: string, statuses: readonly CellStatus[], message: RegExp])[] = [
  // The guest has no such constructor, so it is the cell's own error.
  [
    'a resizable ArrayBuffer',
    'new ArrayBuffer(8, { maxByteLength: 4e9 })',
    ['threw'],
    /^RangeError: Resizable array buffers are not available/,
  ],
  [
    'a resizable ArrayBuffer by a subclass',
    'new (class extends ArrayBuffer {})(8, { maxByteLength: 4e9 }).resize(4e9)',
    ['threw'],
    /Resizable array buffers/,
  ],
  ['growth of an ArrayBuffer by transfer', 'new ArrayBuffer(8).transfer(4e9)', ['threw'], /transfer is not a function/],
  [
    'WebAssembly.Memory',
    'new WebAssembly.Memory({ initial: 60000 })',
    ['threw'],
    /^ReferenceError: WebAssembly is not defined/,
  ],
  [
    'a loop of WebAssembly',
    'await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109]))',
    ['threw'],
    /WebAssembly is not defined/,
  ],
  ['Atomics.wait', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', ['threw'], /Atomics is not defined/],
  // isolated-vm's limit acts late or never; the parent's check of resident memory or V8 ends it, or on a slow machine
  // the deadline.
  [
    'new Array(60e6).fill()',
    'const a = []; while (1) a.push(new Array(60e6).fill())',
    ['memory', 'timeout'],
    /memory|limit of 1.5 s/,
  ],
  [
    'a tight loop of small arrays',
    'const a = []; while (1) a.push(new Array(1000).fill(1.5))',
    ['memory', 'timeout'],
    /memory|limit of 1.5 s/,
  ],
  ['deep JSON.parse', "JSON.parse('['.repeat(5e7))", ['memory', 'timeout'], /memory|limit of 1.5 s/],
  [
    'a replace that grows a string',
    "let s = 'a'.repeat(1e5); while (1) s = s.replace(/a/g, 'aaaaaaaa')",
    ['memory', 'timeout'],
    /memory|limit of 1.5 s/,
  ],
  ['a result of 500 MB', "'x'.repeat(5e8) + 1", ['memory'], /memory/],
  // Built into V8 without an interrupt check, or run while a value is copied: only the parent's kill ends it.
  [
    'array-like indexOf over a huge length',
    'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)',
    ['timeout'],
    /limit of 0.4 s/,
  ],
  ['a thrown Proxy that hangs', 'throw new Proxy({}, { get() { for (;;); } })', ['timeout'], /limit of 0.4 s/],
  [
    'a thrown getter that hangs',
    "throw Object.defineProperty(new Error(), 'message', { get() { for (;;); } })",
    ['timeout'],
    /limit of 0.4 s/,
  ],
  ['a thrown Proxy', 'throw new Proxy({}, {})', ['threw'], /Error: /],
  [
    'a rejection of a Proxy that nobody handles',
    'Promise.reject(new Proxy({}, { get() { for (;;); }, getPrototypeOf() { for (;;); } })); await 1',
    ['timeout', 'threw'],
    /limit of 1.5 s|rejection/,
  ],
  ['a catastrophic regex', "/^(a+)+$/.test('a'.repeat(40) + 'b')", ['timeout'], /limit of 0.4 s/],
  ['a loop of microtasks', 'const f = () => Promise.resolve().then(f); await f()', ['timeout'], /limit of 0.4 s/],
  [
    'a loop of timers',
    'const f = () => setTimeout(f, 1); f(); await new Promise(() => {})',
    ['timeout'],
    /limit of 0.4 s/,
  ],
  ['a flood of log calls', "while (1) console.log('x'.repeat(100))", ['timeout'], /limit of 0.4 s/],
  // V8 refuses the bytes themselves, or the file's limit does.
  [
    'an argument of 400 MB',
    "(await import('fs')).writeFileSync('a', new Uint8Array(4e8))",
    ['memory'],
    /more memory than the sandbox has/,
  ],
  [
    'an argument of 150 MB',
    "(await import('fs')).writeFileSync('a', new Uint8Array(15e7))",
    ['limit', 'memory'],
    /limit|memory/,
  ],
  // Nothing is left that could settle it: reported at once.
  [
    'a promise that never settles',
    'await new Promise(() => {})',
    ['threw'],
    /^The cell awaits a promise that nothing will settle/,
  ],
]

let seen: SeenAll

describe.concurrent('facts about the engines', () => {
  let targets: Target[]
  let use: ReturnType<typeof createPool<Target>>
  let watch: Watch
  beforeAll(() => {
    targets = [openTarget(), openTarget()]
    use = createPool(targets)
    watch = watchAll()
  })
  afterAll(async () => {
    seen = watch.stop()
    for (const { sandbox } of targets) await sandbox.close()
  })

  test.each(FACTS)('%s', async (_title, code, statuses, message) => {
    const timeoutMs = !statuses.includes('timeout') ? LONG : statuses.length > 1 ? MIDDLE : SHORT
    await watch.attack(async () => {
      const end = await use((target) => target.attack(code, timeoutMs, WALL))
      expect(statuses).toContain(end.status)
      expect(end.message).toMatch(message)
      expect(end.cpuMs).toBeLessThan(cpuAllowed(Math.min(timeoutMs, MIDDLE)))
      expect(end.outlived).toBe(false)
      expect(end.next).toBe('42')
    })
  })
})

test('the parent stayed responsive, and no child was left with more than its memory limit', () => {
  expectCalm(seen)
})
