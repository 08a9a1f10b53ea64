// Journals of older versions open; those of newer ones say so.
import { expect, test } from 'vitest'
import { readLine, writeLine, type Upgrade } from '../../sessions/journal/event-lines.ts'

test('a line of version 1 from before files had hashes opens', () => {
  const body =
    '{"type":"upload","name":"a.png","card":{"kind":"picture","mime":"image/png","bytes":3,"width":1,"height":1}}'
  expect(readLine({ version: 1, type: 'upload', body })).toMatchObject({ type: 'upload', name: 'a.png' })
})

test('an old line is brought up one version at a time', () => {
  const upgrades: Record<number, Upgrade> = {
    1: (old) => ({ ...old, type: 'note', words: old['said'] }),
    2: (old) => ({ type: 'message', text: `${String(old['words'])}!` }),
  }
  const line = { version: 1, type: 'speech', body: '{"type":"speech","said":"hello"}' }
  expect(readLine(line, upgrades, 3)).toEqual({ type: 'message', text: 'hello!' })
})

test('a line of a newer version, or one that makes no sense, is a clear error', () => {
  const newer = { version: 7, type: 'dream', body: '{}' }
  expect(() => readLine(newer)).toThrow(
    'The session holds an event of version 7; this Easel knows versions up to 1. Update Easel to open it.',
  )
  for (const body of ['{"type":"message"', '{"type":"message"}', 'null', '[]']) {
    expect(() => readLine({ version: 1, type: 'message', body })).toThrow(
      'The session holds an event "message" of version 1 that cannot be read.',
    )
  }
})

test('a written line opens as the same event', () => {
  const event = { type: 'usage', input: 1, output: 2, cached: undefined } as const
  expect(readLine(writeLine(event))).toEqual({ type: 'usage', input: 1, output: 2 })
})
