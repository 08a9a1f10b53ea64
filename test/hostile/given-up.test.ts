// The privileges that the child has dropped by the time a snippet runs, tested by Node code in its own process: the
// isolate has none of them.
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../sandbox/frames.ts'
import { defaultLimits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'

/** Tests once a cell has run, by what an attacker would try first. */
const TAKEN_OVER = `
require(${JSON.stringify(join(productFolder(), 'dist/child.cjs'))})
const attempt = (act) => { try { return String(act()) } catch (error) { return error.code ?? error.name } }
const ask = () => JSON.stringify({
  addon: process.permission.has('addon'),
  ffi: process.permission.has('ffi'),
  'load an addon': attempt(() => process.dlopen({ exports: {} }, process.cwd() + '/x.node')),
  'foreign function': attempt(() => process.getBuiltinModule('node:ffi').dlopen(null, {})),
  thread: attempt(() => new (process.getBuiltinModule('node:worker_threads').Worker)('1', { eval: true })),
  'thread by require': attempt(() => new (require('worker_threads').Worker)('1', { eval: true })),
  database: attempt(() => process.getBuiltinModule('node:sqlite')),
  program: attempt(() => process.getBuiltinModule('node:child_process').execFileSync('/bin/true')),
  inspector: attempt(() => process.getBuiltinModule('node:inspector').open(0)),
  binding: attempt(() => process.binding('spawn_sync')),
})
let written = ''
const fs = require('node:fs')
const write = fs.writeSync
fs.writeSync = (fd, bytes, ...rest) => {
  if (fd === 3 && String(bytes).includes('"type":"end"')) write(2, ask() + '\\n')
  return write(fd, bytes, ...rest)
}
`

test('when a snippet runs, nothing native can be loaded any more, and no thread, database or program be started', async () => {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'given-up-')))
  writeFileSync(join(scratch, 'entry.cjs'), TAKEN_OVER)
  const child = spawnChild(scratch, defaultLimits(), { entry: join(scratch, 'entry.cjs') })
  const said = new Promise<string>((resolve) => {
    let words = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      words += chunk.toString()
      if (words.includes('\n')) resolve(words)
    })
    child.on('exit', () => resolve(words))
  })
  child.stdin?.write(encodeFrame({ type: 'start', limits: { ...defaultLimits() }, cells: true }))
  const times = { timeoutMs: 20_000, wallMs: 60_000 }
  child.stdin?.write(encodeFrame({ type: 'run', cell: 1, code: '1', seed: 1, clock: 0, ...times }))
  const found: unknown = JSON.parse(await said)
  process.kill(-(child.pid as number), 'SIGKILL')
  expect(found).toEqual({
    addon: false,
    ffi: false,
    'load an addon': 'ERR_ACCESS_DENIED',
    'foreign function': 'ERR_ACCESS_DENIED',
    thread: 'TypeError',
    'thread by require': 'TypeError',
    database: 'undefined',
    program: 'ERR_ACCESS_DENIED',
    inspector: 'ERR_ACCESS_DENIED',
    binding: 'ERR_ACCESS_DENIED',
  })
})
