// Every limit of limits.ts: one code, and a message with the limit and the actual figure.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LIMITS, type LimitName, type Limits } from '../../sandbox/limits.ts'
import { openTarget } from './session.ts'

interface Case {
  readonly limits: Partial<Limits>
  readonly code: string
  readonly status: string
  readonly says: string | undefined
  readonly message: string | RegExp
}

const MIB = 1_048_576
const CASES: Readonly<Record<Exclude<LimitName, 'outputBytes' | 'concurrency' | 'tableBytes'>, Case>> = {
  timeoutMs: {
    limits: {},
    code: 'for (;;);',
    status: 'timeout',
    says: 'EASEL_TIMEOUT',
    message: 'The cell used up its limit of 1 s of processor time. Do less in one cell.',
  },
  wallMs: {
    limits: { timeoutMs: 60_000, wallMs: 1000 },
    code: 'for (;;);',
    status: 'timeout',
    says: 'EASEL_WALL',
    message:
      /^The cell did not finish within 1 s and got [\d.]+ s of processor time in it: the machine is busy\. Do less in one cell, or try again later\.$/,
  },
  memoryBytes: {
    limits: { memoryBytes: 40 * MIB, rssBytes: 900 * MIB },
    code: 'const a = []; for (;;) a.push(new Uint8Array(1e6))',
    status: 'memory',
    says: 'EASEL_MEMORY',
    message: 'The cell used more memory than the sandbox has, 40 MB. Work on less at a time, or on smaller pictures.',
  },
  rssBytes: {
    limits: { memoryBytes: 2000 * MIB, rssBytes: 300 * MIB },
    code: 'const a = []; for (;;) a.push(new Array(1000).fill(1.5))',
    status: 'memory',
    says: 'EASEL_RSS',
    message:
      /^The sandbox reached \d+ MB of memory and was ended before the limit of 300 MB\. Work on less at a time, or on smaller pictures\.$/,
  },
  picturePixels: {
    limits: { picturePixels: 1_000_000 },
    status: 'limit',
    says: 'EASEL_LIMIT_PIXELS',
    code: "await (await import('sharp')).default({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).resize(2000, 2000).png().toBuffer()",
    message: 'The picture would have 4,000,000 pixels (2000 x 2000); the limit is 1,000,000. Make it smaller.',
  },
  gifPixels: {
    limits: { gifPixels: 20_000 },
    status: 'limit',
    says: 'EASEL_LIMIT_GIF_PIXELS',
    code: "const f = await (await import('sharp')).default({ create: { width: 100, height: 100, channels: 3, background: 'red' } }).png().toBuffer(); await (await import('easel')).animate([f, f, f], {})",
    message: /30,?000 pixels.*the limit is 20,?000/,
  },
  fileBytes: {
    limits: { fileBytes: 1000 },
    code: "(await import('fs')).writeFileSync('a.bin', new Uint8Array(1001))",
    status: 'limit',
    says: 'EASEL_LIMIT_FILE_BYTES',
    message: 'The file "a.bin" would have 1,001 bytes; the limit is 1,000. Make it smaller.',
  },
  sessionBytes: {
    limits: { sessionBytes: 1500 },
    status: 'limit',
    says: 'EASEL_LIMIT_SESSION',
    code: "const fs = await import('fs'); fs.writeFileSync('a', new Uint8Array(1000)); fs.writeFileSync('b', new Uint8Array(1000))",
    message: 'With "b" the session would have 2,000 bytes in all; the limit is 1,500. Remove some files.',
  },
  sessionFiles: {
    limits: { sessionFiles: 2 },
    code: "const fs = await import('fs'); for (const n of 'abc') fs.writeFileSync(n, '')",
    status: 'limit',
    says: 'EASEL_LIMIT_FILES',
    message: 'With "c" the session would have 3 files; the limit is 2. Remove some, or write fewer.',
  },
  writtenBytes: {
    limits: { writtenBytes: 30_000_000 },
    code: "const fs = await import('fs'); for (;;) { fs.writeFileSync('a', new Uint8Array(1e6)); fs.rmSync('a') }",
    status: 'limit',
    says: 'EASEL_WRITTEN_BYTES',
    message:
      /^The cell wrote \d+ MB to the disk and was ended: the limit is 30 MB, including files that are deleted again\. Write less, or keep intermediate results in memory\.$/,
  },
}

describe('the limit', () => {
  test.each(Object.entries(CASES))(
    '%s has a code and a sentence',
    async (_name, { limits, code, status, says, message }) => {
      const target = openTarget(limits)
      const timeoutMs = limits.timeoutMs ?? (status === 'timeout' ? 1000 : 10_000)
      const end = await target.attack(code, timeoutMs, limits.wallMs ?? 60_000)
      await target.sandbox.close()
      expect([end.status, end.code]).toEqual([status, says])
      if (typeof message === 'string') expect(end.message).toBe(message)
      else expect(end.message).toMatch(message)
      expect(end.next).toBe('42')
    },
  )

  test('outputBytes cuts what a cell prints, and says so', async () => {
    const target = openTarget({ outputBytes: 100 })
    const end = await target.attack("for (let i = 0; i < 100; i++) console.log('0123456789')", 10_000)
    await target.sandbox.close()
    expect(end.status).toBe('ok')
    expect(end.text).toBe(
      `${'0123456789\n'.repeat(10).slice(0, 100)}\n[output cut: the limit of one cell is 100 characters]\n`,
    )
    expect(end.next).toBe('42')
  })

  test('concurrency makes operations wait, and all are done', async () => {
    const target = openTarget({ concurrency: 2 })
    const end = await target.attack(
      "const s = (await import('sharp')).default; (await Promise.all(Array.from({ length: 20 }, () => s({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).png().toBuffer()))).length",
      20_000,
    )
    await target.sandbox.close()
    expect([end.status, end.text.trim()]).toEqual(['ok', '20'])
  })

  test('each of limits.ts is tested here', () => {
    expect([...Object.keys(CASES), 'outputBytes', 'concurrency', 'tableBytes'].sort()).toEqual(
      Object.keys(LIMITS).sort(),
    )
  })
})

test('the near side refuses uploads by the same codes', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'limits-')), 'x')
  writeFileSync(path, Buffer.alloc(600))
  const target = openTarget({ fileBytes: 1000, tableBytes: 1100, sessionBytes: 1300, sessionFiles: 3 })
  const said = (name: string): Promise<unknown> =>
    target.sandbox.upload(name, path).then(
      () => 'taken',
      (error: { code: string; message: string }) => [error.code, error.message],
    )
  expect([await said('a'), await said('b')]).toEqual(['taken', 'taken'])
  expect(await said('c')).toEqual([
    'EASEL_LIMIT_SESSION',
    'With "c" the session would have 1,800 bytes in all; the limit is 1,300. Remove some files.',
  ])
  writeFileSync(path, Buffer.alloc(1001))
  expect(await said('a')).toEqual([
    'EASEL_LIMIT_FILE_BYTES',
    'The file "a" has 1,001 bytes; the limit is 1,000. Make it smaller.',
  ])
  writeFileSync(path, Buffer.alloc(1101))
  expect(await said('a.csv')).toEqual([
    'EASEL_LIMIT_FILE_BYTES',
    'The file "a.csv" has 1,101 bytes; the limit is 1,100. Make it smaller.',
  ])
  writeFileSync(path, '')
  expect([await said('c'), await said('d')]).toEqual([
    'taken',
    ['EASEL_LIMIT_FILES', 'With "d" the session would have 4 files; the limit is 3. Remove some files.'],
  ])
  await target.sandbox.close()
})

test('a table larger than the memory is not read as a whole, but queried in place', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'limits-')), 'x')
  writeFileSync(path, `a,b\n${'1,22\n'.repeat(9_000_000)}`)
  const target = openTarget({ memoryBytes: 40 * MIB })
  await target.sandbox.upload('big.csv', path)
  const end = await target.attack("(await import('fs')).readFileSync('big.csv')", 10_000)
  expect([end.status, end.code, end.message]).toEqual([
    'limit',
    'EASEL_MEMORY',
    'The file "big.csv" has 45,000,004 bytes, more than the sandbox\'s memory of 41,943,040. Query it in place: sql("select … from \'big.csv\'") of easel.',
  ])
  const sum = "console.log(await (await import('easel')).sql(\"select count(*) as n, sum(b) as b from 'big.csv'\"))"
  expect((await target.attack(sum, 60_000)).text).toBe('[ { n: 9000000, b: 198000000 } ]\n')
  await target.sandbox.close()
})
