// A lying child and a dying parent: the parent believes nothing and survives; the child never outlives it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { descendants } from '../../src/process-watch/process-tree.ts'
import { cpuAllowed, openTarget } from './session.ts'
import { cpuOf, expectCalm, isAlive, watchAll, type Watch } from './watch.ts'

const liar = join(import.meta.dirname, 'lying-child.mjs')
const lies = JSON.parse(execFileSync(process.execPath, [liar], { encoding: 'utf8' })) as string[]

/** Which of its limits it reaches first depends on the rest of the machine. */
const NO_END: unknown = expect.stringMatching(/^EASEL_(TIMEOUT|WALL|STALLED)$/)
/** Processor time of the cell. */
const TIMEOUT = 500

/** Allowed results of a lie other than the death of the child. */
const ENDS: Readonly<Record<string, readonly [status: string, code: unknown]>> = {
  'a polluting key': ['timeout', NO_END],
  'no end': ['timeout', NO_END],
  'a flood of junk on stderr': ['timeout', NO_END],
  'its own death': ['crashed', 'EASEL_CRASHED'],
  'a closed pipe': ['crashed', 'EASEL_CRASHED'],
  'two ends': ['ok', undefined],
}
/** So much data that the deadline may come first. */
const SLOW: ReadonlySet<string> = new Set([
  'a frame of 4 MB',
  'very deep JSON',
  'a flood of prints',
  'a flood of progress',
  'a flood of blanks',
  'a flood of files',
])
/**
 * Processor time that a cell has used when its parent is killed, and that polling its child may take until it is dead.
 */
const BUSY_MS = 100
const LOOK_MS = 1000
const REFUSED =
  /was not kept: (The file name .* cannot be used|It could not be read back|"out.txt" is not a regular file|The file "out.txt" has 10,000,000,000 bytes; the limit is 100,000,000)/

describe('a child that answers with', () => {
  let watch: Watch
  beforeAll(() => {
    watch = watchAll()
  })

  test.each(lies)('%s', (lie) => watch.attack(() => hear(lie)))
  test('all of this: the parent stayed responsive, and no child was left with more than its memory limit', () => {
    expectCalm(watch.stop())
  })
})

describe('a child whose parent is killed ends at once', () => {
  const parent = join(import.meta.dirname, 'mortal-parent.ts')
  test.each([
    ['idle', ''],
    ['in a loop of the guest', 'for (;;);'],
    ['while a thrown Proxy hangs', 'throw new Proxy({}, { get() { for (;;); } })'],
    [
      'in a native operation',
      "await (await import('sharp')).default({ create: { width: 9000, height: 9000, channels: 3, background: 'red' } }).median(99).png().toBuffer()",
    ],
    [
      'in a synchronous operation',
      "const x = (await import('canvas')).createCanvas(5000, 5000).getContext('2d'); x.shadowBlur = 200; x.shadowColor = 'red'; for (;;) { x.fillRect(9, 9, 4000, 4000); x.canvas.toBuffer('image/png') }",
    ],
    ['while it prints', "for (;;) console.log('x'.repeat(1000))"],
  ])('%s', async (_title, code) => {
    const process = spawn(globalThis.process.execPath, [parent, code], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void process.kill('SIGKILL'))
    const pid = Number(await firstLine(process))
    // The processes of the wall around it count like the child.
    const all = [pid, ...descendants(pid)]
    const cpu = (): number => all.map(cpuOf).reduce((total, ms) => total + ms, 0)
    const warm = cpu()
    // The cell has been running for a while.
    const busy = warm + (code === '' ? 0 : BUSY_MS)
    while (cpu() < busy) await wait(5)
    expect(all.filter(isAlive)).toEqual(all)
    const ended = once(process, 'exit')
    process.kill('SIGKILL')
    await ended
    // As it polls without a pause, this process takes as much of the processors as the dying one.
    const before = globalThis.process.threadCpuUsage()
    let lookedMs = 0
    while (all.some(isAlive) && lookedMs < LOOK_MS) {
      const { user, system } = globalThis.process.threadCpuUsage(before)
      lookedMs = (user + system) / 1000
    }
    expect(lookedMs).toBeLessThan(LOOK_MS)
  })
})

/** A session whose child tells this lie. */
async function hear(lie: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lies-'))
  const secret = join(folder, 'secret.txt')
  writeFileSync(secret, 'SECRET')
  const target = openTarget(
    {},
    {
      spawn: (scratch) =>
        spawn(process.execPath, [liar, lie, secret], {
          cwd: scratch,
          stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
          detached: true,
        }),
    },
  )
  const memory = process.memoryUsage().rss
  const end = await target.run('1', TIMEOUT)
  if (end.status === 'ok' && lie !== 'two ends') expect(end.text).toMatch(REFUSED)
  else if (SLOW.has(lie)) expect(end.code).toMatch(/^EASEL_(BROKEN|TIMEOUT|WALL|STALLED)$/)
  else expect([end.status, end.code]).toEqual(ENDS[lie] ?? ['crashed', 'EASEL_BROKEN'])
  expect(end.cpuMs).toBeLessThan(cpuAllowed(TIMEOUT))
  expect(end.outlived).toBe(false)
  const kept = join(target.folder, 'kept')
  if (lie !== 'a flood of files') {
    expect(target.sandbox.files()).toEqual([])
    expect(existsSync(kept) ? readdirSync(kept) : []).toEqual([])
  }
  expect(end.text).not.toContain('SECRET')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
  expect(process.memoryUsage().rss - memory).toBeLessThan(200_000_000)
  // What it wrote after its end, or before the next cell, does not reach anybody either.
  await target.sandbox.close()
  expect(existsSync(target.folder)).toBe(false)
  expect(existsSync('/tmp/evil.txt') || existsSync(join(target.folder, '../evil.txt'))).toBe(false)
}

function firstLine(process: ChildProcess): Promise<string> {
  return new Promise((resolve) =>
    process.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim())),
  )
}
