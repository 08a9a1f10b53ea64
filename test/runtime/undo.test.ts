// Undo: which change is taken back, and the requests that mean undo.
import { describe, expect, it } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import type { EventOf } from '../../sessions/event.ts'
import { replacementOf } from '../../sessions/journal/effective-events.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { undoEvents, undoAnswer, undoRequest } from '../../src/runtime/undo.ts'

type Undo = EventOf<'undo'>

const HOUR = 3_600_000

/**
 * A journal of steps: `upload a`, `made a`, `removed a` (each by a cell of its own), `ask`, `end`, `taken a` (by the
 * user).
 */
async function sessionOf(...steps: string[]): Promise<StoredSession> {
  const session = await openMemoryStore({ disk: createMemoryDisk() }).create({ idleMs: HOUR, retentionMs: HOUR })
  for (const [n, step] of steps.entries()) {
    const [what, name = ''] = step.split(' ')
    if (what === 'ask') await session.append({ type: 'ask', text: name, files: [] })
    else if (what === 'end') await session.append({ type: 'end', status: 'ok' })
    else await change(session, what!, name, n + 1)
  }
  return session
}

async function change(session: StoredSession, what: string, name: string, cell: number): Promise<void> {
  if (what === 'removed' || what === 'taken')
    return session.append({ type: 'removed', cell: what === 'taken' ? 0 : cell, name })
  const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
  const { hash } = await session.putFile(name, Buffer.from(`${name}${cell}`))
  if (what === 'upload') return session.append({ type: 'upload', name, card, hash })
  return session.append({ type: 'file', cell, name, mime: 'text/plain', bytes: 1, card, hash })
}

/** What each undo takes back, until nothing is left. */
async function undoAll(session: StoredSession): Promise<string[]> {
  const undone: string[] = []
  for (let events = undoEvents(session); events.length > 0 && undone.length < 20; events = undoEvents(session)) {
    await session.append(events)
    undone.push(events.map(({ name, version }) => `${name} ${version}`).join(', '))
  }
  return undone
}

describe('undo without a name', () => {
  it('takes the changes of cells that a person ran back one by one, the last first, and no upload', async () => {
    const session = await sessionOf('upload a', 'made a', 'made b', 'made a', 'removed b')
    expect(await undoAll(session)).toEqual(['b 1', 'a 2', 'b 0', 'a 1'])
  })

  it('finds nothing where nothing was made', async () => {
    expect(await undoAll(await sessionOf('upload a'))).toEqual([])
    expect(await undoAll(await sessionOf())).toEqual([])
  })

  it('takes back all files of a request, the next one those of the request before', async () => {
    const first = ['ask', 'made a', 'made b', 'end']
    expect(await undoAll(await sessionOf(...first, 'ask', 'end', 'ask', 'made c', 'made b', 'end'))).toEqual([
      'b 1, c 0',
      'a 0, b 0',
    ])
    expect(await undoAll(await sessionOf(...first, 'made a', 'removed b'))).toEqual(['b 1', 'a 1', 'a 0, b 0'])
  })

  it('goes back over all that a request made of one file', async () => {
    const session = await sessionOf('upload a', 'ask', 'made b', 'end', 'ask', 'made a', 'made a', 'made b', 'end')
    expect(await undoAll(session)).toEqual(['a 1, b 1', 'b 0'])
    expect(session.versions('a').map(({ current }) => current)).toEqual([true, false, false])
    expect(await undoAll(await sessionOf('ask', 'made a', 'end', 'ask', 'removed a', 'made a', 'end'))).toEqual([
      'a 1',
      'a 0',
    ])
    expect(await undoAll(await sessionOf('ask', 'made a', 'end', 'ask', 'made b', 'removed b', 'end'))).toEqual(['a 0'])
  })

  it('leaves what was brought since, and takes what a person removed as a change of its own', async () => {
    const session = await sessionOf('ask', 'made a', 'upload b', 'end', 'upload c', 'taken c')
    expect(await undoAll(session)).toEqual(['c 1', 'a 0'])
    expect(session.currentFiles().map(({ name }) => name)).toEqual(['b', 'c'])
  })

  it('takes the rest of a request of which one file was taken back by its name', async () => {
    const session = await sessionOf('ask', 'made a', 'made b', 'made b', 'end')
    await session.append(undoEvents(session, 'a'))
    expect(await undoAll(session)).toEqual(['b 0'])
  })

  it('takes the rest in a journal that went back file by file', async () => {
    const session = await sessionOf('ask', 'made a', 'made b', 'end', 'ask', 'made b', 'made b', 'end')
    await session.append({ type: 'undo', name: 'b', version: 2 })
    expect(await undoAll(session)).toEqual(['b 1', 'a 0, b 0'])
  })

  it('knows nothing of requests that were taken back', async () => {
    const session = await sessionOf('ask', 'made a', 'end', 'ask', 'made a', 'made b', 'end')
    await session.append(replacementOf(session.events, 3)!)
    await change(session, 'made', 'c', 9)
    expect(await undoAll(session)).toEqual(['c 0', 'a 0'])
  })

  it('leaves a file whose earlier bytes are not kept', async () => {
    const session = await sessionOf('ask', 'made a', 'end', 'ask', 'made a', 'made b', 'end')
    await session.dropOldVersions()
    expect(await undoAll(session)).toEqual(['b 0'])
  })
})

describe('the words that ask for undo', () => {
  it.each([
    ['undo', ''],
    ['Undo that.', ''],
    ['please undo the last change', ''],
    ['撤销', ''],
    ['undo a', 'a'],
    ['还原 “a”。', 'a'],
    ['undo z', undefined],
    ['undo the rotation and make it red', undefined],
    ['how do I undo?', undefined],
  ])('%s', async (text, name) => {
    expect(undoRequest(text, await sessionOf('upload a', 'made a'))).toBe(name)
  })

  it('are answered in their language', () => {
    const undo = (version: number, name = 'a'): Undo => ({ type: 'undo', name, version })
    const said = (request: string, ...events: Undo[]) => [...undoAnswer(request, events)][0]
    expect(said('undo', undo(1))).toEqual({ type: 'message', text: 'Undone: a is as it was in version 1.' })
    expect(said('撤销', undo(0))).toEqual({ type: 'message', text: '已撤销：a 已移除，它之前不存在。' })
    expect([...undoAnswer('undo', [])]).toEqual([
      { type: 'message', text: 'There is nothing to undo: no file has an earlier version.' },
      {
        type: 'end',
        status: 'failed',
        code: 'nothing_to_undo',
        message: 'There is nothing to undo: no file has an earlier version.',
      },
    ])
  })
  it('say each file that was taken back, up to a dozen', () => {
    const undo = (version: number, name: string): Undo => ({ type: 'undo', name, version })
    const said = (request: string, ...events: Undo[]) => [...undoAnswer(request, events)][0]
    const three = [undo(0, 'a'), undo(2, 'b'), undo(0, 'c')]
    expect(said('undo', ...three)).toEqual({
      type: 'message',
      text: 'Undone: a and c are gone again; they were not there before. b is as it was in version 2.',
    })
    expect(said('撤销', ...three)).toEqual({
      type: 'message',
      text: '已撤销：a、c 已移除，它们之前不存在。b 恢复到第 2 版。',
    })
    const many = Array.from({ length: 20 }, (_, n) => undo(0, `${n}.png`))
    expect(said('undo', ...many)).toMatchObject({ text: expect.stringContaining('11.png and 8 more files are gone') })
    expect(said('撤销', ...many)).toMatchObject({ text: expect.stringContaining('11.png和另外 8 个文件 已移除') })
  })
})
