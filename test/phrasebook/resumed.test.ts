// The phrasebook on journals of sessions that were resumed, restored, undone or replaced.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { next } from './dialogue.ts'
import { picture } from './scene.ts'
import { ask, cell, made, result } from '../doubles/model-server/journal.ts'

const small = { ...picture, width: 40, height: 30 }
const done: Event[] = [
  { type: 'message', text: 'There.' },
  { type: 'end', status: 'ok' },
]
const restored: Event = { type: 'restored', cells: 2, files: 2, ms: 700, missing: ['Cell 1 cannot be replayed.'] }
/** Two turns on one file name, with restores at every possible point. */
const session: Event[] = [
  { type: 'upload', name: 'a.png', card: picture },
  ask('make it gray', ['a.png']),
  cell(1, '1'),
  made(1, 'gray.png', { card: picture }),
  result(1),
  ...done,
  restored,
  ask('half the size'),
  cell(2, '2'),
  restored,
  made(2, 'gray.png', { card: small }),
  result(2),
  ...done,
]
const codeOf = async (journal: readonly Event[]): Promise<string> => {
  const step = await next(journal)
  const [action] = step.type === 'run' ? step.actions : []
  if (!action || !('code' in action)) throw new Error(JSON.stringify(step))
  return action.code
}

describe('the phrasebook', () => {
  it('goes on with the last result after a restore', async () => {
    expect(await codeOf([...session, restored, ask('blur it')])).toContain("sharp('gray.png')")
  })

  it('knows after an undo which version of a file is there', async () => {
    const pixels = (journal: readonly Event[]) => codeOf([...journal, ask('crop 100x100 from the middle')])
    await expect(pixels(session)).rejects.toThrow('40')
    expect(await pixels([...session, { type: 'undo', name: 'gray.png', version: 1 }])).toContain("sharp('gray.png')")
  })

  it('acts on the upload again when the result was undone', async () => {
    const undone: Event[] = [
      { type: 'undo', name: 'gray.png', version: 1 },
      { type: 'undo', name: 'gray.png', version: 0 },
    ]
    expect(await codeOf([...session, ...undone, ask('blur it')])).toContain("sharp('a.png')")
  })

  it('acts on what is left when a cell that was run again is undone', async () => {
    const again: Event[] = [cell(3, '3'), made(3, 'gray.png', { card: { ...small } }), result(3)]
    const back: Event = { type: 'undo', name: 'gray.png', version: 2 }
    expect(await codeOf([...session, ...again, back, ask('crop 20x20 from the middle')])).toContain("sharp('gray.png')")
    const blur = [ask('blur it'), cell(2, '2'), made(2, 'blur.png', { card: { ...picture } }), result(2), ...done]
    const rerun: Event[] = [cell(3, '3'), made(3, 'blur.png', { card: { ...picture } }), result(3)]
    const undo: Event = { type: 'undo', name: 'blur.png', version: 1 }
    expect(await codeOf([...session.slice(0, 6), ...blur, ...rerun, undo, ask('flip it')])).toContain(
      "sharp('blur.png')",
    )
  })

  it('acts on what a cell of the person made', async () => {
    const own: Event[] = [cell(1, '1'), made(1, 'own.png', { card: picture }), result(1)]
    expect(await codeOf([...own, ask('blur it')])).toContain("sharp('own.png')")
  })

  it('asks for files in a session that replaces an expired one', async () => {
    const gone: Event = { type: 'gone', id: 'x', files: ['a.png'], variables: ['photo'] }
    expect(await next([gone, ask('make it gray')])).toMatchObject({ type: 'failed', code: 'no_picture' })
  })
})
