// What people ask of tables is answered by short snippets, rightly, and without a refusal before they run.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { openSandbox, type Sandbox } from '../../src/runner/sandbox.ts'
import { TABLE_QUESTIONS } from './table-questions.ts'

const limits = defaultLimits()
const vega = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '../data')
const pathOf = (file: string): string =>
  file === 'gdp.csv' ? fileURLToPath(new URL('gdp.csv', import.meta.url)) : join(vega, file)

let folder: string
let sandbox: Sandbox
let checker: Checker

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-questions-'))
  sandbox = openSandbox({ folder: join(folder, 'sandbox'), limits })
  checker = createChecker()
  for (const file of new Set(TABLE_QUESTIONS.map((one) => one.file))) await sandbox.upload(file, pathOf(file))
})

afterAll(async () => {
  checker.close()
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(TABLE_QUESTIONS.map((one, i) => [one.question, one, i + 1] as const))(
  '%s',
  async (_, { code, answer }, cell) => {
    expect(code.split('\n').length).toBeLessThanOrEqual(25)
    expect(await checker.check(code)).toMatchObject({ ok: true })
    let printed = ''
    const end = await sandbox.run({ cell, code, seed: cell, clock: 0, timeoutMs: limits.timeoutMs }, (event) => {
      if (event.type === 'print') printed += event.text
    })
    expect([end.status, end.message, printed]).toEqual(['ok', undefined, answer])
  },
)
