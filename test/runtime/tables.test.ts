// Tables are read by one process a session, a few at once, and the one that was used longest ago makes space.
import { expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { TableWindow } from '../../sandbox/table-protocol.ts'
import type { TableAnswer } from '../../src/runner/table-window.ts'
import { createTables, type TablesDeps } from '../../src/runtime/tables/tables.ts'

const window: TableWindow = { total: 0, matching: 0, from: 0, columns: [], rows: [], notes: [] }
const query = { view: {}, from: 0, count: 10 }

/** Processes that record what they do; `answer` reads. */
function scene(
  answer: (name: string) => Promise<TableAnswer> | TableAnswer = () => ({ window }),
  more: Partial<TablesDeps> = {},
) {
  const said: string[] = []
  let opened = 0
  const open: TablesDeps['open'] = async () => {
    const number = ++opened
    said.push(`open ${number}`)
    return {
      placeFile: async (name) => void said.push(`place ${number}/${name}`),
      readTable: async (name) => answer(name),
      removeFile: async (name) => void said.push(`remove ${number}/${name}`),
      close: async () => void said.push(`close ${number}`),
    }
  }
  const tables = createTables({ limits: defaultLimits(), open, ...more })
  const read = (session: string, name = 'a', hash = name, signal = new AbortController().signal, owner = session) =>
    tables.read({ owner, session, name, hash, path: `/${hash}`, query }, signal)
  return { said, tables, read }
}

test('a session has one process, in which a version is placed once', async () => {
  const { said, tables, read } = scene()
  await Promise.all([read('s'), read('s'), read('s', 'b')])
  await read('s', 'a', 'newer')
  await tables.forget('s')
  await read('s')
  await tables.close()
  expect(said).toEqual([
    'open 1',
    'place 1/a',
    'place 1/b',
    'remove 1/a',
    'place 1/a',
    'close 1',
    'open 2',
    'place 2/a',
    'close 2',
  ])
})

test('the process that was used longest ago makes space, first one of the same owner, never one at work', async () => {
  const held = Promise.withResolvers<TableAnswer>()
  const { said, tables, read } = scene((name) => (name === 'slow' ? held.promise : { window }))
  await read('one')
  await read('two', 'a', 'a', undefined, 'me')
  await read('three')
  await read('four', 'a', 'a', undefined, 'me')
  expect(said.filter((what) => what.startsWith('close'))).toEqual(['close 2'])
  await read('five')
  expect(said.filter((what) => what.startsWith('close'))).toEqual(['close 2', 'close 1'])
  const slow = ['three', 'four', 'five'].map((session) => read(session, 'slow'))
  await expect(read('six')).rejects.toMatchObject({ code: 'EASEL_TABLES_BUSY' })
  held.resolve({ window })
  expect(await Promise.all(slow)).toEqual([window, window, window])
  await read('six')
  await tables.close()
})

test('an outdated request is not read, one too many is refused, and the reasons of a failure are told', async () => {
  const held = Promise.withResolvers<TableAnswer>()
  const names: string[] = []
  const { tables, read } = scene((name) => {
    names.push(name)
    return name === 'slow'
      ? held.promise
      : name === 'busy'
        ? { problem: 'Busy.', why: 'busy' }
        : { problem: 'It is damaged.' }
  })
  const slow = read('s', 'slow')
  const left = new AbortController()
  const outdated = read('s', 'outdated', 'outdated', left.signal)
  const others = Array.from({ length: 10 }, () => read('s', 'next'))
  await expect(read('s', 'last')).rejects.toMatchObject({ code: 'EASEL_TABLES_BUSY' })
  left.abort()
  held.resolve({ window })
  expect(await slow).toBe(window)
  await expect(outdated).rejects.toBe(left.signal.reason)
  expect(await Promise.all(others)).toEqual(others.map(() => ({ problem: 'It is damaged.' })))
  expect(names).not.toContain('outdated')
  await expect(read('s', 'busy')).rejects.toMatchObject({ code: 'EASEL_TABLES_BUSY' })
  await tables.close()
  await expect(read('s')).rejects.toMatchObject({ code: 'EASEL_TABLES_BUSY' })
})

test('a process that does not start is not kept, and an idle one ends', async () => {
  let times = 0
  const failing = createTables({
    limits: defaultLimits(),
    open: () => Promise.reject(new Error(`no process ${++times}`)),
  })
  const ask = () =>
    failing.read({ owner: 'o', session: 's', name: 'a', hash: 'a', path: '/a', query }, new AbortController().signal)
  await expect(ask()).rejects.toThrow('no process 1')
  await expect(ask()).rejects.toThrow('no process 2')
  const { said, tables, read } = scene(undefined, { idleMs: 1 })
  await read('s')
  await expect.poll(() => said).toContain('close 1')
  await tables.close()
})
