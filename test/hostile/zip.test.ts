// ZIP archives in the sandbox: bombs meet the session's limits, before a byte is written where their sizes are stated.
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { newFolder } from '../cli/program.ts'
import { buildZip } from '../sandbox/helpers/archive/zip-builder.ts'

const folder = newFolder()
const limits = { ...defaultLimits(), fileBytes: 1_000_000, sessionBytes: 3_000_000, sessionFiles: 20 }
let sandbox: ReturnType<typeof openSandbox>
let cell = 0
beforeAll(() => {
  sandbox = openSandbox({ folder: join(folder, 'session'), limits })
})
afterAll(() => sandbox.close())

async function upload(name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, 'upload')
  writeFileSync(path, bytes)
  await sandbox.upload(name, path)
}

/** What a cell printed, its notes, the files it made, and how it ended. */
async function run(code: string): Promise<{ printed: string; notes: string[]; files: string[]; ended: string }> {
  const notes: string[] = []
  const files: string[] = []
  let printed = ''
  const request = { cell: ++cell, code, seed: 1, clock: 1e12, timeoutMs: 60_000 }
  const { status, message = '' } = await sandbox.run(request, (report) => {
    if (report.type === 'note') notes.push(report.text)
    if (report.type === 'print') printed += report.text
    if (report.type === 'file') files.push(report.name)
  })
  return { printed, notes, files, ended: `${status} ${message}`.trim() }
}
const unzipping = (name: string): string =>
  `import { unzip } from 'easel'\nconsole.log(JSON.stringify(await unzip(${JSON.stringify(name)})))`

const zeros = new Uint8Array(900_000)

test('an archive becomes files of the session, in a folder of its name', async () => {
  await upload(
    '数据.zip',
    buildZip([
      { name: 'a/一.csv', content: 'x,y\n1,2\n' },
      { name: '../up.csv', content: 'x\n1\n' },
    ]),
  )
  expect(await run(unzipping('数据.zip'))).toEqual({
    printed: '["数据/a/一.csv","数据/up.csv"]\n',
    notes: ["unzip: names that are not safe or are taken were changed: '../up.csv' as 'up.csv'"],
    files: ['数据/a/一.csv', '数据/up.csv'],
    ended: 'ok',
  })
})

test('a bomb is refused by its stated sizes, by its number of files, and by what it really unpacks to', async () => {
  await upload('large.zip', buildZip([{ name: 'a', content: 'x', statedBytes: 2_000_000 }]))
  await upload('sum.zip', buildZip([1, 2, 3, 4].map((n) => ({ name: `f${n}`, content: zeros }))))
  await upload('many.zip', buildZip(Array.from({ length: 30 }, (_, n) => ({ name: `f${n}`, content: 'x' }))))
  await upload('lie.zip', buildZip([{ name: 'lie', content: new Uint8Array(50_000_000), statedBytes: 900_000 }]))
  await upload('full.zip', buildZip([{ name: 'lie', content: new Uint8Array(50_000_000), statedBytes: 1_000_000 }]))
  const refusals: Record<string, string> = {}
  for (const name of ['large', 'sum', 'many', 'lie', 'full']) {
    const { files, ended } = await run(unzipping(`${name}.zip`))
    expect(files).toEqual([])
    refusals[name] = ended
  }
  expect(refusals).toEqual({
    large: "threw Error: unzip: 'large.zip': 'a' unpacks to 2,000,000 bytes; one file may have 1,000,000",
    sum: expect.stringMatching(
      /^threw Error: unzip: 'sum\.zip': it unpacks to 3,600,000 bytes; the session takes 2,\d{3},\d{3} more\. Choose some: \{ only: \['\*\.csv'\] \}$/,
    ),
    many: "threw Error: unzip: 'many.zip': it has 30 files; the session takes 12 more. Choose some: { only: ['*.csv'] }",
    lie: "threw Error: unzip: 'lie.zip': 'lie' unpacks to more than the 900,000 bytes that the archive says, as in a zip bomb",
    full: "threw Error: unzip: 'full.zip': 'lie' unpacks to more than the 1,000,000 bytes that the archive says, as in a zip bomb",
  })
  expect((await run('console.log(1 + 1)')).printed).toBe('2\n')
})
