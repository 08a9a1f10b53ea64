// Fuzzes the pipe between child and parent: a lying child writes anything, split anywhere. The parent must pass on what
// an independent reading of the same bytes allows, nothing after the first lie, and end exactly once.
// For a long run: `node test/fuzz/frames.ts --seconds 600 --seed 1`
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createFrameReader } from '../../sandbox/frames.ts'
import { defaultLimits, MAX_NOTES } from '../../sandbox/limits.ts'
import { report, type Report } from '../../sandbox/protocol.ts'
import { startChild, type Child } from '../../src/runner/child.ts'
import { describeFile } from '../../src/runner/file-description.ts'
import { isQueryFailure } from '../../src/runner/child-query.ts'
import { runInChild, type CellReport } from '../../src/runner/run.ts'
import { cut, fuzz, readFuzzOptions, type FuzzOptions, type Fuzzed, type Random } from './random.ts'
import { lies, streamOf, type Stream } from './frame-lies.ts'

/** Small limits, so that they are reached. */
const LIMITS = { ...defaultLimits(), outputBytes: 1000, sessionFiles: 4 }
const MAX_FRAME = 4_000_000
/** More than twice the longest frame, plus what a case writes. */
const MAX_HELD = 200_000_000

/** Runs the fuzzer; rejects with the seed and input of a failure. */
export function fuzzFrames(options: FuzzOptions): Promise<Fuzzed> {
  let number = 0
  return fuzz(options, async (random, show) => {
    if (number++ % 500 === 0) assert(process.memoryUsage().arrayBuffers < MAX_HELD, 'the reader holds too much')
    const stream = streamOf(random)
    show(JSON.stringify([Buffer.concat(stream.before), stream.bytes].map((bytes) => bytes.toString('latin1', 0, 1500))))
    if (random.chance(0.3)) return readAlone(random, stream)
    return random.chance(0.7) ? runCell(random, stream) : ask(random, stream)
  })
}

/** An independent reading of the bytes: the values of whole frames, and whether a framing error ended them. */
function readAgain(bytes: Buffer): { readonly values: unknown[]; readonly broken: boolean } {
  const values: unknown[] = []
  for (let at = 0; bytes.length - at >= 4;) {
    const size = bytes.readUInt32BE(at)
    if (size > MAX_FRAME) return { values, broken: true }
    if (bytes.length - at - 4 < size) break
    try {
      const json = bytes.toString('utf8', at + 4, at + 4 + size)
      if (size > 10_000 && hasMany(json)) return { values, broken: true }
      values.push(JSON.parse(json))
    } catch {
      return { values, broken: true }
    }
    at += 4 + size
  }
  return { values, broken: false }
}

/** More than 30,000 values, or a depth of more than 100. */
function hasMany(json: string): boolean {
  const signs = json.replaceAll(/"(?:[^"\\]|\\[^])*"?/g, '').match(/[[\]{},]/g) ?? []
  let [depth, deepest] = [0, 0]
  for (const sign of signs) {
    depth += '[{'.includes(sign) ? 1 : ']}'.includes(sign) ? -1 : 0
    deepest = Math.max(deepest, depth)
  }
  return deepest > 100 || signs.filter((sign) => '[{,'.includes(sign)).length > 30_000
}

/** For comparison: what is nested too deeply is only marked as such. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return 'deep'
  }
}

async function readAlone(random: Random, { bytes }: Stream): Promise<string> {
  const values: unknown[] = []
  const read = createFrameReader((value) => values.push(value))
  let broken = false
  for (const part of cut(random, bytes)) {
    try {
      read(part)
    } catch (error) {
      assert(
        error instanceof SyntaxError ||
          error instanceof RangeError ||
          /^A frame of \d+ bytes; the limit is 4000000\.$/.test((error as Error).message),
      )
      broken = true
      break
    }
  }
  const again = readAgain(bytes)
  assert.deepEqual({ values: values.map(textOf), broken }, { values: again.values.map(textOf), broken: again.broken })
  return broken ? 'alone: broken' : 'alone: whole'
}

/** A child process that, when it is given work, writes the bytes in parts and then dies. */
function liar(random: Random, early: readonly Buffer[], late: Buffer): Child {
  const [stdin, stderr, reports] = [new PassThrough(), new PassThrough(), new PassThrough()]
  let isDead = false
  const die = (): boolean => {
    if (isDead) return false
    isDead = true
    reports.destroy()
    process.emit('exit', null, 'SIGKILL')
    process.emit('close', null, 'SIGKILL')
    return true
  }
  const process = Object.assign(new EventEmitter(), {
    // No process has this id, so killing its group fails and falls back to `kill`.
    pid: 2 ** 30,
    stdin,
    stderr,
    stdio: [stdin, null, stderr, reports],
    kill: () => die(),
  })
  reports.on('end', () => setImmediate(die))
  stdin.on(
    'data',
    createFrameReader((asked) => {
      if ((asked as { type: string }).type === 'start') reports.write(Buffer.concat(early))
      else {
        for (const part of cut(random, late)) if (!reports.destroyed) reports.write(part)
        reports.end()
      }
    }),
  )
  return startChild('/nowhere', LIMITS, { spawn: () => process as unknown as ChildProcess })
}

interface Allowed {
  readonly told: CellReport[]
  readonly end: Report | undefined
  /** It contains a lie, if only after the end. */
  readonly lied: boolean
}

/** What a parent may pass on of a cell, and the end it may believe, by the rules of `protocol.ts` and the limits. */
function allowed(bytes: Buffer, cell: number): Allowed {
  const { values, broken } = readAgain(bytes)
  const told: CellReport[] = []
  let [printed, notes, files] = [0, 0, 0]
  for (const [at, value] of values.entries()) {
    const { success, data } = report.safeParse(value)
    if (!success || !('cell' in data) || data.cell !== cell) return { told, end: undefined, lied: true }
    if (data.type === 'end') return { told, end: data, lied: broken || at + 1 < values.length }
    if (data.type === 'print') printed += data.text.length
    if (data.type === 'note') notes++
    if (data.type === 'file' || data.type === 'removed') files++
    if (printed > LIMITS.outputBytes + 20_000 || notes > MAX_NOTES || files > LIMITS.sessionFiles * 2 + 10)
      return { told, end: undefined, lied: true }
    told.push(data)
  }
  return { told, end: undefined, lied: broken }
}

const CELL = 7
const NOTHING: Allowed = { told: [], end: undefined, lied: true }

async function runCell(random: Random, { bytes, before }: Stream): Promise<string> {
  const child = liar(random, before, bytes)
  const told: CellReport[] = []
  const request = { cell: CELL, code: '1', seed: 1, clock: 1, timeoutMs: 1000 }
  const end = await runInChild(child, request, LIMITS, undefined, (one) => told.push(one))
  const death = await child.gone
  const may = lies(before) ? NOTHING : allowed(bytes, CELL)
  assert.equal(death.broken, may.lied)
  assert.deepEqual(told, may.told)
  if (may.end) assert.deepEqual(end, may.end)
  else assert.match(`${end.status} ${end.code}`, /^crashed EASEL_(BROKEN|CRASHED)$/)
  assert(!('polluted' in {}), 'a prototype was changed')
  return `cell: ${may.end ? 'its end' : end.code}`
}

async function ask(random: Random, { bytes, before }: Stream): Promise<string> {
  const child = liar(random, before, bytes)
  const answer = await describeFile(child, CELL, 'a.png', LIMITS)
  const death = await child.gone
  const { values, broken } = readAgain(bytes)
  const [first] = values
  const { data } = report.safeParse(first)
  const may = !lies(before) && data?.type === 'card' && data.id === CELL ? data.card : undefined
  assert.equal(death.broken, lies(before) || broken || (may ? values.length > 1 : values.length > 0))
  if (may) assert.deepEqual(answer, may)
  else assert(isQueryFailure(answer) && answer.why === 'crashed')
  return `question: ${may ? 'its card' : 'crashed'}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = readFuzzOptions()
  process.stdout.write(`Seed ${options.seed}\n`)
  process.stdout.write(`${JSON.stringify(await fuzzFrames(options), null, 2)}\n`)
}
