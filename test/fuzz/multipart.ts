// Fuzzes the upload form: whatever a client sends, split and broken off anywhere, is answered with a documented status;
// what is passed on is what was sent, within the limits, and nothing remains on the disk.
// For a long run: `node test/fuzz/multipart.ts --seconds 600 --seed 1`
import assert from 'node:assert/strict'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { receiveUpload, type Received } from '../../src/http/files/multipart.ts'
import { Problem, problemOf, problemResponse } from '../../src/http/problem.ts'
import { formOf, hashOf, type Form } from './forms.ts'
import { cut, fuzz, readFuzzOptions, type Fuzzed, type FuzzOptions, type Random } from './random.ts'

/** Small limits, so that they are reached. */
const LIMITS = { fileBytes: 5000, tableBytes: 5000, bytes: 12_000, files: 4 }
const STATUSES = [200, 400, 413, 415, 507]
const MAX_HELD = 200_000_000
/** Longer than any wait in a case. */
const NEVER_MS = 60_000

/**
 * Runs the fuzzer; TMPDIR must be a folder `work` of its own with nothing beside it. Rejects with the seed and input of
 * a failure.
 */
export function fuzzForms(options: FuzzOptions): Promise<Fuzzed> {
  let number = 0
  return fuzz(options, async (random, show) => {
    if (number++ % 500 === 0) assert(process.memoryUsage().arrayBuffers < MAX_HELD, 'the reader holds too much')
    const form = formOf(random)
    show(JSON.stringify([form.type, form.bytes.toString('latin1', 0, 3000)]))
    const answer = await answerTo(random, form)
    assert.deepEqual(readdirSync(tmpdir()), [], 'a temporary file was left')
    assert.deepEqual(readdirSync(dirname(tmpdir())), ['work'], 'a file lies outside')
    assert(STATUSES.includes(answer.status), `status ${answer.status}`)
    const said = (await answer.json()) as { code?: string; files: readonly (readonly [string, string])[] }
    if (form.files) {
      assert.equal(answer.status, 200)
      assert.deepEqual(said.files, form.files)
    }
    return `${answer.status} ${said.code ?? ''}`.trim()
  })
}

const temporaryFolder = async (): Promise<string> => mkdtempSync(join(tmpdir(), 'easel-multipart-'))

async function answerTo(random: Random, form: Form): Promise<Response> {
  const app = new Hono()
  let free = !form.files && random.chance(0.1) ? 3000 : 1_000_000
  const passage = {
    count: (bytes: number) => ((free -= bytes) < 0 ? new Problem(507, 'EASEL_LIMIT_FOLDER', 'Full.') : undefined),
  }
  app.post('/', (c) =>
    receiveUpload(c, { ...LIMITS, reservation: passage, temporaryFolder }, (files) =>
      Promise.resolve(c.json({ files: taken(files) })),
    ),
  )
  app.onError((error) => {
    const problem = problemOf(error)
    if (!problem) throw error
    return problemResponse(problem)
  })
  const parts = cut(random, form.bytes)
  const brokenAt = form.files || random.chance(0.85) ? -1 : random.below(parts.length + 1)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at === brokenAt) return controller.error(new Error('aborted'))
      const part = parts[at++]
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
  const headers: Record<string, string> = { 'content-type': form.type }
  if (form.length !== undefined) headers['content-length'] = form.length
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('never answered')), NEVER_MS)
  return Promise.race([Promise.resolve(app.request('http://127.0.0.1/', init)), late.promise]).finally(() =>
    clearTimeout(timer),
  )
}

/** The name and hash of each file that was passed on. */
function taken(files: readonly Received[]): (readonly [string, string])[] {
  assert(files.length <= LIMITS.files)
  assert(files.reduce((sum, { bytes }) => sum + bytes, 0) <= LIMITS.bytes)
  return files.map(({ name, path, bytes }) => {
    const facts = lstatSync(path)
    assert(facts.isFile() && (facts.mode & 0o777) === 0o600 && facts.size === bytes && bytes <= LIMITS.fileBytes)
    assert.equal(dirname(dirname(path)), tmpdir())
    assert(!/[\r\n]/.test(name), 'a line break in a name')
    return [name, hashOf(readFileSync(path))] as const
  })
}

/** Makes a temporary folder this process's TMPDIR; returns a function that restores the old one and removes it. */
export function ownTemporaryFolder(): () => void {
  const before = process.env['TMPDIR']
  const folder = mkdtempSync(join(tmpdir(), 'easel-fuzz-'))
  process.env['TMPDIR'] = join(folder, 'work')
  mkdirSync(process.env['TMPDIR'])
  return () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = readFuzzOptions()
  const leave = ownTemporaryFolder()
  try {
    process.stdout.write(`Seed ${options.seed}\n`)
    process.stdout.write(`${JSON.stringify(await fuzzForms(options), null, 2)}\n`)
  } finally {
    leave()
  }
}
