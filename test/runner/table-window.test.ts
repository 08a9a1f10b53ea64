// A window of a table comes from a process that may be hostile: one that does not fit the question ends it.
import { expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { report } from '../../sandbox/protocol.ts'
import type { TableWindow } from '../../sandbox/table-protocol.ts'
import type { Child, Death } from '../../src/runner/child.ts'
import { describeUnread, requestTable } from '../../src/runner/table-window.ts'

const window: TableWindow = {
  total: 5,
  matching: 3,
  from: 1,
  columns: [{ name: 'a', type: 'text' }],
  rows: [['x'], [null]],
  notes: [],
}
const query = { view: {}, from: 1, count: 2 }

/** A child that answers with this, and says whether it was killed for it. */
async function ask(answer: object) {
  const gone = Promise.withResolvers<Death>()
  let isKilled = false
  const child: Child = {
    pid: 0,
    cpu: { ms: 0, measure: () => 0, isActive: () => true, close: () => undefined },
    ready: Promise.resolve(),
    gone: gone.promise,
    isGone: false,
    isFiltered: true,
    onReport: undefined,
    send: () => setImmediate(() => child.onReport?.({ type: 'table', id: 7, ...answer })),
    kill: () => undefined,
    killForViolation() {
      isKilled = true
      gone.resolve({ words: '', broken: true, late: false })
    },
  }
  return { answer: await requestTable(child, 7, { name: 'a.csv', query }, defaultLimits()), isKilled }
}

test('a window that fits the question is taken, and a reason why there is none', async () => {
  expect(await ask({ window })).toEqual({ answer: { window }, isKilled: false })
  expect(await ask({ problem: 'It is empty.' })).toEqual({ answer: { problem: 'It is empty.' }, isKilled: false })
})

test.each([
  ['nothing', {}],
  ['the answer to another question', { window, id: 8 }],
  ['more rows than there are', { window: { ...window, matching: 2 } }],
  ['more rows than were asked for', { window: { ...window, matching: 5, rows: [['x'], ['y'], ['z']] } }],
  ['more matching rows than rows', { window: { ...window, matching: 6 } }],
  ['a row of another width', { window: { ...window, rows: [['x'], ['y', 'z']] } }],
])('with %s the process is ended', async (_, answer) => {
  expect(await ask(answer)).toEqual({ answer: { why: 'crashed' }, isKilled: true })
})

test('a frame with too much in it is none', () => {
  const frame = (more: object): boolean =>
    report.safeParse({ type: 'table', id: 1, window: { ...window, ...more } }).success
  expect(frame({})).toBe(true)
  const many = Array.from({ length: 201 }, () => ['x'])
  for (const more of [{ rows: many }, { rows: [['x'.repeat(401)]] }, { rows: [[{}]] }, { total: -1 }, { notes: [1] }])
    expect(frame(more)).toBe(false)
})

test('why a table was not read is said', () => {
  expect(describeUnread('a.csv', { why: 'memory' })).toEqual({
    problem:
      '"a.csv" could not be shown as a table: it does not fit into memory. Ask for the rows and columns that you need as a smaller file.',
    why: 'memory',
  })
})
