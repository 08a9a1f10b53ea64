// How untrusted text reaches a terminal, and how it reaches a pipe.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createRenderer } from '../../src/cli/rendering/renderer.ts'
import { createScreen } from '../../src/cli/rendering/screen.ts'

const ESC = '\u001b'
const HOSTILE = `${ESC}[8m\r${ESC}[K${ESC}]0;t\u0007${ESC}[2J\u009b2J\u202ex\u2066`

function shown(
  events: readonly Event[],
  { terminal = true, env = {} }: { terminal?: boolean; env?: NodeJS.ProcessEnv } = {},
) {
  const told = { out: '', err: '' }
  const stream = (to: 'out' | 'err') => ({
    isTTY: terminal,
    columns: 80,
    write: (text: string) => void (told[to] += text),
    on: () => undefined,
  })
  const show = createRenderer(createScreen(stream('out'), stream('err'), env), { layout: 'told', values: 'grey' })
  for (const event of events) show(event)
  return told
}

const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
const print = (text: string, stream: 'stdout' | 'stderr' | 'value' = 'stdout'): Event => {
  return { type: 'print', cell: 1, stream, text }
}
const end: Event = { type: 'end', status: 'threw', code: 'EASEL_THREW', message: `boom ${HOSTILE}` }

describe('text of others at a terminal', () => {
  it('moves, hides, titles and turns nothing, whichever event it is in', () => {
    const events: Event[] = [
      { type: 'notice', text: `notice ${HOSTILE}` },
      { type: 'plan', text: `plan ${HOSTILE}` },
      { type: 'cell', cell: 1, code: `code(${HOSTILE})`, seed: 1, clock: 0 },
      print(`out ${HOSTILE}\n`),
      print(`err ${HOSTILE}\n`, 'stderr'),
      print(`value ${HOSTILE}`, 'value'),
      { type: 'note', cell: 1, text: `note ${HOSTILE}` },
      { type: 'file', cell: 1, name: `${HOSTILE}.txt`, mime: 'text/plain', bytes: 1, card },
      { type: 'restored', cells: 1, files: 1, ms: 1, missing: [`missing ${HOSTILE}`] },
      { type: 'message', text: `answer ${HOSTILE}` },
      end,
    ]
    const { out, err } = shown(events)
    const ours = new RegExp(`${ESC}\\[(?:0|2|32)m`, 'g')
    // oxlint-disable-next-line no-control-regex
    expect(out.replace(ours, '') + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/)
    for (const text of ['notice ', 'plan\nx', 'code(', 'out ', 'value ', 'note ', 'missing '])
      expect(out).toContain(text)
    expect(err).toBe('err \nx\neasel: answer \nx\nboom \n  x\n')
    expect(out).toContain(`${ESC}[2mNote: note \nx${ESC}[0m\n`)
  })

  it('may have colours where a snippet printed it, which end with it', () => {
    const { out, err } = shown([print(`${ESC}[31mred ${ESC}[8mhidden`), print(`${ESC}[33mwarn\n`, 'stderr')])
    expect(out).toBe(`${ESC}[31mred hidden${ESC}[0m`)
    expect(err).toBe(`${ESC}[33mwarn\n${ESC}[0m`)
  })

  it('has none where there are to be none', () => {
    expect(shown([print(`${ESC}[31mred\n`), print(`${ESC}[33mwarn\n`, 'stderr')], { env: { NO_COLOR: '1' } })).toEqual({
      out: 'red\n',
      err: 'warn\n',
    })
  })
})

it('a pipe gets what a snippet prints, byte for byte', () => {
  expect(shown([print(HOSTILE)], { terminal: false }).out).toBe(HOSTILE)
})
