// Requests to a sandbox on an overloaded machine: tried twice, then reported as busy, never as broken.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { FileInfo, Report, Request } from '../../sandbox/protocol.ts'
import { openSandbox, type Sandbox } from '../../src/runner/sandbox.ts'
import { imitate, type Answer } from '../doubles/sandbox-child.ts'

const folder = mkdtempSync(join(tmpdir(), 'easel-busy-'))
const file = join(folder, 'a.png')
writeFileSync(file, 'x')
let sandbox: Sandbox
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(async () => {
  vi.useRealTimers()
  await sandbox.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const card: FileInfo = { kind: 'picture', mime: 'image/png', bytes: 1, width: 1, height: 1 }
const READY: readonly Report[] = [{ type: 'ready', ms: 1, isFiltered: true }]

function open(answer: (request: Request, process: number) => Answer): void {
  const ready = (request: Request, process: number): Answer =>
    request.type === 'start' ? READY : answer(request, process)
  sandbox = openSandbox({ folder: join(folder, 'session'), limits: defaultLimits(), spawn: imitate(ready) })
}

/** Advances the clock until it is done; returns the seconds that passed. */
async function waited<T>(work: Promise<T>): Promise<{ value: T; seconds: number }> {
  const over = new AbortController()
  void work.finally(() => over.abort()).catch(() => undefined)
  const began = performance.now()
  while (!over.signal.aborted) {
    await vi.advanceTimersByTimeAsync(250)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { value: await work, seconds: Math.round((performance.now() - began) / 1000) }
}

test('a good file whose first reader got no processor is read by the next', async () => {
  open((request, process) =>
    request.type === 'describe' && process === 2 ? [{ type: 'card', id: request.id, card }] : [],
  )
  expect((await waited(sandbox.upload('a.png', file))).value).toEqual(card)
})

test('a file that no reader could look at for want of time is called unseen, not broken', async () => {
  open(() => [])
  const { value, seconds } = await waited(sandbox.upload('a.png', file))
  expect(value).toEqual({
    kind: 'other',
    cause: 'busy',
    mime: 'application/octet-stream',
    bytes: 1,
    problem: 'It was not inspected: the machine is busy. Add it again later.',
  })
  expect(seconds).toBeGreaterThanOrEqual(80)
})

test('a file at which two readers die is called broken', async () => {
  const asked: number[] = []
  open((request, process) => {
    if (request.type !== 'describe') return []
    asked.push(process)
    return { die: '' }
  })
  expect((await waited(sandbox.upload('a.png', file))).value).toMatchObject({
    kind: 'broken',
    problem: 'It could not be read: the reader crashed.',
  })
  expect(asked).toEqual([1, 2])
})

test('a picture for a model is asked for twice, and then the machine is said to be busy', async () => {
  const asked: number[] = []
  open((request, process) => {
    if (request.type === 'picture') asked.push(process)
    return []
  })
  const { value } = await waited(sandbox.show({ names: ['a.png'], box: { width: 9, height: 9 }, most: 100 }))
  expect(value).toEqual({
    isTransient: true,
    problem: '"a.png" could not be prepared for the model: the machine is busy. Try again later.',
  })
  expect(asked).toEqual([1, 2])
})

test('a picture that the person no longer waits for is not asked for again', async () => {
  const asked: number[] = []
  const stop = new AbortController()
  open((request, process) => {
    if (request.type === 'picture') asked.push(process)
    stop.abort()
    return []
  })
  await waited(sandbox.show({ names: ['a.png'], box: { width: 9, height: 9 }, most: 100 }, stop.signal))
  expect(asked.length).toBeLessThan(2)
})

test('a sandbox that does not become ready in time says that the machine is busy', async () => {
  sandbox = openSandbox({ folder: join(folder, 'session'), limits: defaultLimits(), spawn: imitate(() => []) })
  const run = sandbox.run({ cell: 1, code: '1', seed: 1, clock: 0, timeoutMs: 1000 }, () => undefined)
  expect((await waited(run)).value).toMatchObject({
    status: 'crashed',
    code: 'EASEL_NOT_STARTED',
    message: 'The sandbox did not start in time: the machine is busy. Try again later.',
  })
})

test('a sandbox that is closed in the middle of a cell ends it as cancelled and starts nothing more', async () => {
  let started = 0
  open((_request, process) => {
    started = process
    return []
  })
  const run = sandbox.run({ cell: 1, code: '1', seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
  await vi.waitUntil(() => started === 1, 20_000)
  await waited(sandbox.close())
  expect((await waited(run)).value).toMatchObject({ status: 'cancelled' })
  await expect(
    sandbox.run({ cell: 2, code: '1', seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined),
  ).rejects.toThrow('The sandbox is closed.')
  expect(started).toBe(1)
})

test('a cell that gets nothing of the processors ends at its bound on the clock, five times its own', async () => {
  open(() => [])
  const run = sandbox.run({ cell: 1, code: '1', seed: 1, clock: 0, timeoutMs: 2000 }, () => undefined)
  const { value, seconds } = await waited(run)
  expect(value).toMatchObject({
    status: 'timeout',
    code: 'EASEL_WALL',
    message:
      'The cell did not finish within 10 s and got 0 s of processor time in it: the machine is busy. Do less in one cell, or try again later.',
  })
  expect(seconds).toBeGreaterThanOrEqual(10)
})
