// A child that cannot be used is owned by nobody: it must be ended, and nothing of it may remain.
import { EventEmitter } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { startChild } from '../../src/runner/child.ts'
import type { KeptFiles } from '../../src/runner/kept-files.ts'
import { superviseChild } from '../../src/runner/child-supervisor.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'

test('a child whose files cannot be laid out is ended, each time that it is asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'living-'))
  const started: ChildProcess[] = []
  const placeIn = (): Promise<string> => Promise.reject(new Error('ENOSPC: no space left on device'))
  const kept = { list: () => [{ name: 'a.txt', path: '', bytes: 1, mtime: 0 }], placeIn } as unknown as KeptFiles
  const living = superviseChild(
    folder,
    defaultLimits(),
    kept,
    {
      spawn(scratch, limits) {
        const child = spawnChild(scratch, limits)
        started.push(child)
        return child
      },
    },
    undefined,
  )
  await expect(living.get()).rejects.toThrow('ENOSPC')
  await expect(living.get()).rejects.toThrow('ENOSPC')
  expect(started.length).toBeGreaterThan(1)
  expect(started.map(({ signalCode }) => signalCode)).toEqual(started.map(() => 'SIGKILL'))
  await expect.poll(() => readdirSync(folder)).toEqual([])
  await living.close()
})

test('a process that could not even be tried to start has ended, and nothing throws', async () => {
  // What Node returns with too many open files: no pipes, and the error a moment later.
  const none = Object.assign(new EventEmitter(), {
    pid: undefined,
    exitCode: null,
    signalCode: null,
    kill: () => false,
  })
  const child = startChild('/nowhere', defaultLimits(), { spawn: () => none as unknown as ChildProcess })
  none.emit('error', new Error('spawn EMFILE'))
  await child.gone
  expect(child.isGone).toBe(true)
  await expect(child.ready).rejects.toThrow('The sandbox process did not start.')
})

test('a child that says more than 64 MB of nothing in a cell is ended as one that lies', async () => {
  const progress = '{"type":"progress","cell":1,"done":1,"total":2,"label":"x"'
  const lines = `
    const blank = Buffer.from(${JSON.stringify(progress)} + ' '.repeat(1_000_000) + '}')
    const head = Buffer.alloc(4)
    head.writeUInt32BE(blank.length)
    const report = Buffer.concat([head, blank])
    const { writeSync } = require('node:fs')
    for (let n = 0; n < Number(process.argv[1]); n++) for (let at = 0; at < report.length;) at += writeSync(3, report, at)
    setInterval(() => {}, 1000)`
  const hear = (reports: number) => {
    const child = startChild(mkdtempSync(join(tmpdir(), 'blanks-')), defaultLimits(), {
      spawn: () =>
        spawn(process.execPath, ['-e', lines, String(reports)], {
          stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
          detached: true,
        }),
    })
    let heard = 0
    child.onReport = () => heard++
    return { child, heard: () => heard }
  }
  const few = hear(60)
  await expect.poll(few.heard, { timeout: 60_000 }).toBe(60)
  few.child.kill()
  expect((await few.child.gone).broken).toBe(false)
  const many = hear(70)
  expect((await many.child.gone).broken).toBe(true)
  expect(many.heard()).toBeLessThan(65)
})
