// What the command line prints about pictures: which the model was shown, which are generated, and why not.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createRenderer } from '../../src/cli/rendering/renderer.ts'

function told(events: readonly Event[], moving = false): { readonly out: string; readonly err: string } {
  let [out, err] = ['', '']
  const add = (text: string): void => void (out += text)
  const streams = { out: add, print: add, styled: add, safe: String, err: (text: string) => void (err += text) }
  const show = createRenderer({ ...streams, colour: false, moving, columns: 80 }, { layout: 'told', values: 'none' })
  for (const event of events) show(event)
  return { out, err }
}

const picture = (names: string[], tokens: number, more: object = {}): object => ({
  names,
  detail: 'low',
  mime: 'image/png',
  bytes: 9,
  width: 8,
  height: 8,
  hash: 'a'.repeat(64),
  tokens,
  ...more,
})
const card = { kind: 'picture', mime: 'image/png', bytes: 4200 } as const
const fox: Event = { type: 'file', cell: 0, name: 'fox.png', mime: 'image/png', bytes: 4200, card }
const cell: Event = { type: 'cell', cell: 1, code: 'a()', seed: 1, clock: 0 }
const result: Event = { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] }
const ok: Event = { type: 'end', status: 'ok' }

describe('the text of a turn', () => {
  it('says what the model was shown, and why it was not shown the rest', () => {
    const look = (pictures: object[], problems: string[] = []) => ({ type: 'look', pictures, problems }) as Event
    const events = [
      look([picture(['a.png'], 85), picture(['b.jpg'], 1020)], ['c.heic cannot be decoded.']),
      look([picture(['run\u001b[2J.gif'], 765, { frames: 12 })]),
      look([picture(['1.png', '2.png', '3.png', '4.png', '5.png', '6.png', '7.png', '8.png'], 1105)]),
      look([], ['d.tiff is damaged.']),
    ]
    expect(told(events).out).toBe(
      [
        'Shown to the model: a.png, b.jpg (2 pictures, about 1,105 tokens)',
        '  c.heic cannot be decoded.',
        'Shown to the model: run?[2J.gif (12 frames) (1 picture, about 765 tokens)',
        'Shown to the model: 1.png, 2.png, 3.png, 4.png, 5.png, 6.png, 2 more (8 files in 1 picture, about 1,105 tokens)',
        '  d.tiff is damaged.',
        '',
      ].join('\n'),
    )
  })

  it('says what is drawn while it is drawn, and why it was not', () => {
    const drawing: Event = { type: 'drawing', name: 'fox.png', prompt: ' a red\nfox '.repeat(20), inputs: [] }
    const failed: Event = { type: 'drawn', status: 'failed', message: 'The endpoint refused.', ms: 9 }
    const said = `Drawing fox.png: ${'a red fox '.repeat(12).slice(0, 119)}…\n`
    expect(told([drawing, fox, { type: 'drawn', status: 'ok', ms: 9 }, ok]).out).toBe(`${said}\n✔ fox.png   4.2 KB\n`)
    expect(told([drawing, failed, cell, result, ok]).out).toBe(`${said}✗ The endpoint refused.\n\n  │ a()\n`)
    const end: Event = { type: 'end', status: 'threw', message: 'The endpoint refused.' }
    expect(told([drawing, failed, end])).toEqual({ out: said, err: 'easel: The endpoint refused.\n' })
    expect(told([drawing], true).out).toBe(`${said}\r\u001b[K  It is being made…`)
  })

  it('says when the model is told of the past in short', () => {
    expect(told([{ type: 'compacted', seq: 4 }]).out).toBe(
      'From here on, the model gets a summary of earlier messages.\n',
    )
  })
})
