// Files that a sandbox sees as links: nothing is copied, and whatever a cell does to its own leaves what is stored as it was.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { wallLevel } from '../../src/process-wall/wall.ts'
import type { CellReport } from '../../src/runner/run.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import '../built.ts'

const TEXT = 'name,value\n茶,1\ncoffee,2\n'

/** A sandbox with `table.csv`, stored as a store has it. */
async function open() {
  const base = mkdtempSync(join(tmpdir(), 'linked-'))
  const at = (...names: string[]): string => join(base, ...names)
  mkdirSync(at('store'))
  writeFileSync(at('store', 'blob'), TEXT, { mode: 0o400 })
  const sandbox = openSandbox({ folder: at('session'), limits: defaultLimits() })
  onTestFinished(() => sandbox.close())
  await sandbox.upload('table.csv', at('store', 'blob'), { mtime: 1000 })
  let cell = 0
  const run = async (code: string): Promise<{ status: string; printed: string }> => {
    let printed = ''
    const take = (report: CellReport): void => void (report.type === 'print' && (printed += report.text))
    const { status } = await sandbox.run(
      { cell: ++cell, code: `import fs from 'node:fs'; ${code}`, seed: 1, clock: 0, timeoutMs: 20_000 },
      take,
    )
    return { status, printed: printed.trim() }
  }
  const scratch = (): string =>
    at(
      'session',
      readdirSync(at('session')).findLast((name) => /^scratch-\w+$/.test(name))!,
    )
  return { at, sandbox, run, links: () => readdirSync(at('session', 'links')), blobs: () => blobsIn(scratch()) }
}

/** What lies in a child's folder: no font caches and the like. */
function blobsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^[0-9a-f]{24}$/.test(name))
}

const read = "console.log(fs.readFileSync('table.csv', 'utf8').split('\\n')[1])"

test.runIf(wallLevel() === 'jail').each([
  ['appended to', "fs.appendFileSync('table.csv', 'x,3\\n')"],
  ['written to', "fs.writeFileSync('table.csv', 'new')"],
  ['removed', "fs.rmSync('table.csv')"],
  ['renamed', "fs.renameSync('table.csv', 'other.csv')"],
])('a linked file that is %s stays as it is where it is stored, and its link goes', async (_title, code) => {
  const { at, sandbox, run, links, blobs } = await open()
  expect([links().length, blobs()]).toEqual([1, []])
  expect(await run(read)).toEqual({ status: 'ok', printed: '茶,1' })
  expect((await run(code)).status).toBe('ok')
  expect(readFileSync(at('store', 'blob'), 'utf8')).toBe(TEXT)
  expect(links()).toEqual([])
  expect(statSync(at('store', 'blob')).nlink).toBe(1)
  const seen = sandbox.files().map(({ name, path }) => [name, readFileSync(path, 'utf8').length])
  expect(seen).toEqual(
    {
      appendFileSync: [['table.csv', TEXT.length + 4]],
      writeFileSync: [['table.csv', 3]],
      renameSync: [['other.csv', TEXT.length]],
    }[/\.(\w+)\(/.exec(code)?.[1] as string] ?? [],
  )
})

test.runIf(wallLevel() === 'jail')('sql and a child after the first read the same link', async () => {
  const { run, links } = await open()
  const [link] = links()
  const query = `import { sql } from 'easel'; console.log((await sql("select sum(value) as n from 'table.csv'"))[0].n)`
  expect(await run(query)).toEqual({ status: 'ok', printed: '3' })
  expect((await run('new Float64Array(1e8)')).status).toBe('memory')
  expect(await run(read)).toEqual({ status: 'ok', printed: '茶,1' })
  expect(await run(query)).toEqual({ status: 'ok', printed: '3' })
  expect(links()).toEqual([link])
})

test.runIf(wallLevel() === 'jail')(
  'replaced and removed files lose their links, a closed sandbox its folder',
  async () => {
    const { at, sandbox, run, links } = await open()
    const [link] = links()
    writeFileSync(at('store', 'second'), TEXT.replace('茶', 'tea'), { mode: 0o400 })
    await sandbox.placeFile('table.csv', at('store', 'second'))
    expect(links()).toHaveLength(1)
    expect(links()).not.toEqual([link])
    expect(await run(read)).toEqual({ status: 'ok', printed: 'tea,1' })
    await sandbox.removeFile('table.csv')
    expect(links()).toEqual([])
    await sandbox.close()
    expect(readdirSync(at()).toSorted()).toEqual(['store'])
  },
)
