// The SQL helper's process at both levels of the wall: it answers, believes nothing that the child says, and ends with it.
import { linkSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, createConnection, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMessageReader, encodeMessage, type Message } from '../../sandbox/helper-process/messages.ts'
import { defaultLimits } from '../../sandbox/limits.ts'
import { wallLevel, type WallLevel } from '../../src/process-wall/wall.ts'
import { startHelper } from '../../src/runner/helper-process.ts'
import '../built.ts'

const BLOB = 'abcdefabcdef12345678'
const LINKED = 'abcdefabcdef12345679'
const file = (blob: string, isLinked = false) => ({ blob, isLinked })

/** A helper, and the child's end of its pipe. */
async function open(level: WallLevel) {
  const folder = mkdtempSync(join(tmpdir(), 'helper-'))
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch)
  writeFileSync(join(scratch, BLOB), 'a\n1\n2\n')
  const links = level === 'jail' ? join(folder, 'links') : undefined
  if (links !== undefined) {
    mkdirSync(links)
    linkSync(join(scratch, BLOB), join(links, LINKED))
  }
  const server = createServer().listen(join(folder, 'socket'))
  await once(server, 'listening')
  const far = createConnection(join(folder, 'socket'))
  const [near] = (await once(server, 'connection')) as [Socket]
  server.close()
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const limits = defaultLimits()
  const helper = startHelper(
    'sql',
    near,
    { scratch, links, folder: join(folder, 'own'), limits, mustFilter: false, level },
    resolve,
  )
  onTestFinished(helper.kill)
  const messages: Message[] = []
  far.on(
    'data',
    createMessageReader((message) => messages.push(message)),
  )
  far.on('error', () => undefined)
  await expect.poll(() => messages).toHaveLength(1)
  expect(messages).toEqual([{ value: { ready: true }, bytes: [] }])
  const ask = async (value: unknown, bytes: readonly Uint8Array[] = []): Promise<unknown> => {
    const before = messages.length
    for (const part of encodeMessage({ value, bytes })) far.write(part)
    await expect.poll(() => messages.length).toBeGreaterThan(before)
    return messages.at(-1)?.value
  }
  return { far, ended, ask }
}

const query = (text: string, files: object = {}) => ({
  request: { op: 'query', query: text, bindings: [], parameters: {} },
  files,
})
const LEVELS = wallLevel() === 'jail' ? (['jail', 'process'] as const) : (['process'] as const)

describe.each(LEVELS)('at the level %s', (level) => {
  test('it reads the files that it is told of, by their names, and none other', async () => {
    const { ask } = await open(level)
    expect(
      await ask(
        query("select sum(a) as a, any_value(filename) as f from read_csv('数 据/*.csv', filename = true)", {
          '数 据/a.csv': file(BLOB),
        }),
      ),
    ).toMatchObject({
      ok: { rows: 1 },
    })
    expect(await ask(query("from '数 据/a.csv'"))).toMatchObject({
      error: { message: expect.stringMatching(/^IO Error: No files found/) },
    })
    expect(await ask(query("from read_text('/etc/passwd')"))).toMatchObject({
      error: { message: expect.stringMatching(/^Permission Error/) },
    })
  })

  test.runIf(level === 'jail')('it reads what is linked, and changes it never', async () => {
    const { ask } = await open(level)
    const files = { 'a.csv': file(BLOB), 'b.csv': file(LINKED, true) }
    const both = query("select sum(a) as a from read_csv(['a.csv', 'b.csv'])", files)
    expect(await ask(both)).toMatchObject({ ok: { rows: 1 } })
    expect(await ask(query("copy (select 1) to 'b.csv'", files))).toMatchObject({ error: { name: 'Error' } })
    expect(await ask(query("from 'b.csv'", { 'b.csv': file(BLOB) }))).toMatchObject({ ok: { rows: 2 } })
  })

  test('it refuses what the child may not ask, and names that lead elsewhere', async () => {
    const { ask } = await open(level)
    const refused = { error: { name: 'Error' } }
    for (const name of ['../x', '/etc/x', 'a/../../x', 'a//b', '.', '', 'a\0b'])
      expect(await ask(query('select 1', { [name]: file(BLOB) }))).toMatchObject(refused)
    expect(await ask(query('select 1', { a: file('../../etc/passwd') }))).toMatchObject(refused)
    expect(await ask({ request: { op: 'exec' }, files: {} })).toMatchObject(refused)
    expect(await ask({ request: { op: 'load', table: -1, rows: 1, columns: [] }, files: {} })).toMatchObject(refused)
    expect(await ask(query('select 42'))).toMatchObject({ ok: { rows: 1 } })
  })

  test.each<[string, Uint8Array]>([
    ['four gigabytes', Buffer.alloc(8, 255)],
    ['what is not JSON', Buffer.from('\0\0\0\x02\0\0\0\0{x')],
  ])('it ends when it is sent %s', async (_title, bytes) => {
    const { far, ended } = await open(level)
    far.write(bytes)
    await ended
  })

  test('it ends when the child does', async () => {
    const { far, ended } = await open(level)
    far.destroy()
    await ended
  })
})
