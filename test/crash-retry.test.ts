// A cell whose process died through no fault of its own is rerun once automatically, with the variables that it had.
import { expect, test } from 'vitest'
import { defaultLimits } from '../sandbox/limits.ts'
import type { Event } from '../sessions/event.ts'
import { runCell, type CellDeps } from '../src/cell.ts'
import type { CellReport } from '../src/runner/run.ts'
import type { RunEnd } from '../src/runner/sandbox.ts'

interface End extends Pick<RunEnd, 'status' | 'code'> {
  /** Its reports before it ends. */
  readonly reports?: readonly CellReport[]
}
const OK: End = { status: 'ok' }
const CRASHED: End = { status: 'crashed', code: 'EASEL_CRASHED' }
const print = (text: string): CellReport => ({ type: 'print', cell: 7, stream: 'stdout', text })

/** A sandbox whose runs end like this, one after another. */
async function told(ends: readonly End[], stop?: AbortController): Promise<{ events: Event[]; runs: number[] }> {
  const left = [...ends]
  const runs: number[] = []
  const events: Event[] = []
  const deps: CellDeps = {
    journal: {
      record(event) {
        events.push(event)
        return Promise.resolve(event)
      },
    },
    checker: { check: () => Promise.resolve({ ok: true }), accept: () => undefined },
    limits: defaultLimits(),
    nextCell: () => 7,
    seedOf: () => 5,
    variables: {
      async *prepare() {
        if (runs.length > 0) yield { type: 'restored', cells: 1, files: 0, ms: 1, missing: [] }
      },
      ran: () => undefined,
    },
    sandbox: {
      async run({ cell, seed }, emit) {
        runs.push(seed)
        const { reports = [print('x\n')], ...end } = left.shift()!
        for (const report of reports) emit(report)
        stop?.abort()
        return { cell, ...end, names: [], ms: 1, lost: end.status !== 'ok' }
      },
    },
  }
  const edited = { code: '1', from: { cell: 3, edits: [] } }
  await runCell(deps, edited, stop?.signal ?? new AbortController().signal)
  return { events, runs }
}

test('it is run once more with the same seed, after its variables are back, and says so', async () => {
  const { events, runs } = await told([CRASHED, OK])
  expect(runs).toEqual([5, 5])
  expect(events.map(({ type }) => type)).toEqual(['cell', 'print', 'notice', 'restored', 'result'])
  expect(events[2]).toEqual({
    type: 'notice',
    text: 'The sandbox process ended by itself. It was restarted, and the cell is being run again.',
  })
  expect(events.at(-1)).toMatchObject({ type: 'result', cell: 7, status: 'ok' })
})

test.each([
  ['the same', ['a\nb', '\nc'], ['a', '\nb\n', 'c\nd'], 'a\nb\ncd'],
  ['something else', ['a\n'], ['b\n', 'a\n'], 'a\nb\na\n'],
  ['more at once', ['a'], ['abc'], 'abc'],
])('what the second run prints comes once where it is %s', async (_what, first, second, all) => {
  const { events } = await told([
    { ...CRASHED, reports: first.map(print) },
    { ...OK, reports: second.map(print) },
  ])
  const text = events.map((event) => (event.type === 'print' ? event.text : '')).join('')
  expect(text.replace('\nd', 'd')).toBe(all)
})

test('a sandbox that did not start is tried once more too', async () => {
  const { runs } = await told([{ status: 'crashed', code: 'EASEL_NOT_STARTED' }, OK])
  expect(runs).toHaveLength(2)
})

test('a cell that crashes twice has crashed', async () => {
  const { events, runs } = await told([CRASHED, CRASHED])
  expect(runs).toHaveLength(2)
  expect(events.findLast(({ type }) => type === 'result')).toMatchObject({ status: 'crashed', code: 'EASEL_CRASHED' })
})

test.each<End>([
  { status: 'crashed', code: 'EASEL_BROKEN' },
  { status: 'timeout', code: 'EASEL_TIMEOUT' },
  { status: 'memory', code: 'EASEL_RSS' },
  { status: 'threw', code: 'EASEL_THREW' },
  // A snippet may throw an error with any code.
  { status: 'threw', code: 'EASEL_CRASHED' },
  { status: 'crashed', code: 'EASEL_CRASHED', reports: [{ type: 'removed', cell: 7, name: 'a.txt' }] },
])('an end of its own making stays: $code', async (end) => {
  const { events, runs } = await told([end, OK])
  expect(runs).toHaveLength(1)
  const { status, code } = end
  expect(events.findLast(({ type }) => type === 'result')).toMatchObject({ status, code })
})

test('a report that cannot be kept ends the run, and the cell with its error', async () => {
  const cell = new AbortController()
  const record = (event: Event): Promise<Event> =>
    event.type === 'print' ? Promise.reject(new Error('ENOSPC')) : Promise.resolve(event)
  const deps: CellDeps = {
    journal: { record },
    checker: { check: () => Promise.resolve({ ok: true }), accept: () => undefined },
    limits: defaultLimits(),
    nextCell: () => 7,
    seedOf: () => 5,
    // oxlint-disable-next-line require-yield
    variables: { async *prepare() {}, ran: () => undefined },
    sandbox: {
      async run({ cell: number }, emit, signal) {
        emit(print('x\n'))
        await new Promise((resolve) => signal?.addEventListener('abort', resolve))
        return { cell: number, status: 'cancelled', names: [], ms: 1, lost: true }
      },
    },
  }
  await expect(runCell(deps, { code: '1' }, cell.signal)).rejects.toThrow('ENOSPC')
})

test('a person who cancels is not kept waiting by a second run', async () => {
  const { events, runs } = await told([CRASHED, OK], new AbortController())
  expect(runs).toHaveLength(1)
  expect(events.findLast(({ type }) => type === 'result')).toMatchObject({ status: 'cancelled' })
})
