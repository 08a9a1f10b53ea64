// Undo: which change is taken back, and the words that ask for it.
import { describe, expect, it } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../sessions/memory.ts'
import type { Event } from '../sessions/event.ts'
import type { OpenSession } from '../sessions/store.ts'
import { undoable, undoAnswer, undoRequest } from '../src/session/undo.ts'

const HOUR = 3_600_000

async function sessionOf(...changes: string[]): Promise<OpenSession> {
  const session = await openMemoryStore({ disk: createMemoryDisk() }).create({ idleMs: HOUR, retentionMs: HOUR })
  for (const [n, change] of changes.entries()) {
    const [what, name = ''] = change.split(' ')
    const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
    const bytes = Buffer.from(String(n))
    const { hash } = await session.putFile(name, bytes)
    const event: Event =
      what === 'upload'
        ? { type: 'upload', name, card, hash }
        : what === 'removed'
          ? { type: 'removed', cell: n, name }
          : { type: 'file', cell: n, name, mime: 'text/plain', bytes: 1, card, hash }
    await session.append(event)
  }
  return session
}

async function undoAll(session: OpenSession): Promise<string[]> {
  const undone: string[] = []
  for (let event = undoable(session); event && undone.length < 20; event = undoable(session)) {
    await session.append(event)
    undone.push(`${event.name} ${event.version}`)
  }
  return undone
}

describe('undo without a name', () => {
  it('takes the changes of cells back one by one, the last first, and no upload', async () => {
    const session = await sessionOf('upload a', 'made a', 'made b', 'made a', 'removed b')
    expect(await undoAll(session)).toEqual(['b 1', 'a 2', 'b 0', 'a 1'])
  })

  it('finds nothing where nothing was made', async () => {
    expect(await undoAll(await sessionOf('upload a'))).toEqual([])
    expect(await undoAll(await sessionOf())).toEqual([])
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
    const undo = (version: number) => ({ type: 'undo', name: 'a', version }) as const
    const said = (request: string, event: ReturnType<typeof undo> | undefined) => [...undoAnswer(request, event)][0]
    expect(said('undo', undo(1))).toEqual({ type: 'message', text: 'Undone: a is as it was in version 1.' })
    expect(said('撤销', undo(0))).toEqual({ type: 'message', text: '已撤销：a 已移除，它之前不存在。' })
    expect([...undoAnswer('undo', undefined)]).toEqual([
      { type: 'message', text: 'There is nothing to undo: no file has an earlier version.' },
      {
        type: 'end',
        status: 'failed',
        code: 'nothing_to_undo',
        message: 'There is nothing to undo: no file has an earlier version.',
      },
    ])
  })
})
