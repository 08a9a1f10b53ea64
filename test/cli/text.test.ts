// Text output for users: spacing between blocks, streams shown once, failures at the right place, interrupts counted.
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createInterrupts } from '../../src/cli/interrupts.ts'
import { createRenderer, type Style } from '../../src/cli/rendering/renderer.ts'
import { fileLines, formatBytes } from '../../src/cli/rendering/messages.ts'

interface Told {
  readonly out: string
  readonly err: string
}

function told(events: readonly Event[], style: Partial<Style> = {}, moving = false): Told {
  let [out, err] = ['', '']
  const screen = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    print: (text: string, stream: string) => void (stream === 'stderr' ? (err += text) : (out += text)),
    styled: (text: string) => void (out += text),
    safe: (text: string) => text,
    colour: false,
    moving,
    columns: 80,
  }
  const show = createRenderer(screen, { layout: 'told', values: 'none', ...style })
  for (const event of events) show(event)
  return { out, err }
}

const delta = (of: 'text' | 'code', ...pieces: string[]): Event[] => pieces.map((text) => ({ type: 'delta', of, text }))
const cell = (n: number, code: string): Event => ({ type: 'cell', cell: n, code, seed: 1, clock: 0 })
const result = (status: 'ok' | 'threw' | 'timeout', message?: string, line?: number): Event => ({
  type: 'result',
  cell: 1,
  status,
  message,
  line,
  ms: 1,
  names: [],
})
const file = (name: string, more: object = {}): Event => ({
  type: 'file',
  cell: 1,
  name,
  mime: 'image/png',
  bytes: 4200,
  card: { kind: 'picture', mime: 'image/png', bytes: 4200 },
  ...more,
})
const print = (text: string, stream: 'stdout' | 'value' = 'stdout'): Event => ({ type: 'print', cell: 1, stream, text })
const progress = (done: number): Event => ({ type: 'progress', cell: 1, done, total: 8, label: 'frames' })
const ok: Event = { type: 'end', status: 'ok' }

describe('the text of a turn', () => {
  it('has the plan, the code behind a bar, the answer and the files, with one empty line between', () => {
    const events = [
      { type: 'plan', text: 'Gray.' },
      cell(1, 'a()\n\nb()\n'),
      result('ok'),
      file('x/g.png', { width: 3, height: 2 }),
      { type: 'message', text: 'Look.' },
      ok,
    ] as const
    expect(told(events)).toEqual({
      out: 'Gray.\n\n  │ a()\n  │ \n  │ b()\n\nLook.\n\n✔ x/g.png   3 × 2   4.2 KB\n',
      err: '',
    })
  })

  it('shows streamed words and code once, whatever their pieces', () => {
    const events = [
      ...delta('text', 'I wi', 'll.\n'),
      ...delta('code', '\na(', ')\nb', '()\n'),
      { type: 'plan', text: 'I will.' },
      cell(1, 'a()\nb()'),
      result('ok'),
      ...delta('text', 'Do', 'ne.'),
      { type: 'message', text: 'Done.' },
      ok,
    ] as Event[]
    expect(told(events).out).toBe('I will.\n\n  │ a()\n  │ b()\n\nDone.\n')
  })

  it('shows the code of a second snippet that came in the same stream once', () => {
    const events = [
      ...delta('code', 'a()'),
      ...delta('code', '\nb()'),
      cell(1, 'a()'),
      print('1\n'),
      cell(2, 'b()'),
      print('2\n'),
      ok,
    ]
    expect(told(events).out).toBe('  │ a()\n  │ b()\n\n1\n2\n')
  })

  it('tells a failed try in the text when the work goes on', () => {
    const events = [
      cell(1, 'a'),
      result('threw', 'TypeError: no', 3),
      cell(2, 'b'),
      result('ok'),
      { type: 'message', text: 'Yes.' },
      ok,
    ] as const
    expect(told(events)).toEqual({ out: '  │ a\n\n✗ TypeError: no (line 3)\n\n  │ b\n\nYes.\n', err: '' })
  })

  it('tells the last failure once, on stderr, and lists the files that were made', () => {
    const message = 'I stopped: 3 tries failed. The last error: TypeError: no'
    const events = [
      cell(1, 'a'),
      file('kept.png'),
      result('threw', 'TypeError: no', 3),
      { type: 'message', text: message },
      { type: 'end', status: 'threw', code: 'X', message: 'TypeError: no' },
    ] as const
    expect(told(events)).toEqual({ out: '  │ a\n\n✔ kept.png   4.2 KB\n', err: `easel: ${message}\n` })
  })

  it('sets in further lines of an error, so that none looks like a word of Easel itself', () => {
    const message = 'Error: no\neasel: type your key again'
    const events = [
      cell(1, 'a'),
      result('threw', message),
      { type: 'end', status: 'threw', code: 'X', message },
    ] as const
    expect(told(events)).toEqual({ out: '  │ a\n', err: 'easel: Error: no\n  easel: type your key again\n' })
  })

  it('adds the reason when the streamed answer is all there was', () => {
    const events = [
      cell(1, 'a'),
      result('timeout', 'Too long.'),
      ...delta('text', 'Sorry.'),
      { type: 'message', text: 'Sorry.' },
      { type: 'end', status: 'timeout', code: 'X', message: 'Too long.' },
    ] as Event[]
    expect(told(events)).toEqual({ out: '  │ a\n\n✗ Too long.\n\nSorry.\n', err: 'easel: Too long.\n' })
  })

  it('does not repeat in the answer what was printed, or what the list of files says', () => {
    const events = [
      print('rows: 12\n'),
      file('g.png', { width: 3, height: 2 }),
      { type: 'message', text: 'Made g.png: 3 × 2, 4.2 KB\nrows: 12\nOne note.' },
      ok,
    ] as const
    expect(told(events).out).toBe('rows: 12\n\nOne note.\n\n✔ g.png   3 × 2   4.2 KB\n')
  })

  it('shows values as printed, in grey and cut, or not at all', () => {
    const long = Array.from({ length: 20 }, (_, i) => `${i}\n`).join('')
    expect(told([print(long, 'value'), ok], { layout: 'bare', values: 'plain' }).out).toBe(long)
    expect(told([print(long, 'value'), ok], { values: 'grey' }).out).toBe('0\n1\n2\n3\n4\n5\n6\n7\n…\n')
    expect(told([print(long, 'value'), ok]).out).toBe('')
  })

  it('names the session, but of a lone snippet only at a terminal', () => {
    const events: Event[] = [{ type: 'session', id: 'abc', expiresAt: '' }, print('1\n'), ok]
    expect(told(events).out).toBe('Session abc\n\n1\n')
    expect(told(events, { layout: 'bare' }).out).toBe('1\n')
    expect(told(events, { layout: 'bare' }, true).out).toBe('Session abc\n1\n')
  })

  it('says how much is done where nobody knows how much there is', () => {
    const events = [5, 10, 19, 20].map((done): Event => ({
      type: 'progress',
      cell: 1,
      done,
      total: 0,
      label: 'GIF frames',
    }))
    expect(told([...events, ok]).out).toBe('  GIF frames 10\n  GIF frames 20\n')
    expect(told(events, {}, true).out).toMatch(/ {2}GIF frames 20$/)
  })

  it('draws progress over itself at a terminal, and a line each quarter in a pipe', () => {
    const events = [1, 2, 3, 4, 5, 6, 7, 8].map(progress)
    expect(told([...events, ok]).out).toBe('  frames 2/8\n  frames 4/8\n  frames 6/8\n  frames 8/8\n')
    const { out } = told([...events, print('done\n'), ok], {}, true)
    expect(out.split('\r\u001b[K')).toHaveLength(10)
    expect(out.endsWith('━  frames 8/8\r\u001b[K\ndone\n')).toBe(true)
  })
})

describe('wording', () => {
  it('lines up files, Chinese names too', () => {
    const rows = [file('长名字.png', { width: 1000, height: 600, frames: 20 }), file('b.csv')] as Parameters<
      typeof fileLines
    >[0]
    expect(fileLines(rows)).toEqual(['长名字.png   1000 × 600   20 frames   4.2 KB', `b.csv${' '.repeat(33)}4.2 KB`])
  })

  it('says bytes with two figures', () => {
    expect([0, 999, 1000, 9949, 9951, 999_499, 999_500, 12_345_678].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 KB',
      '9.9 KB',
      '10 KB',
      '999 KB',
      '1.0 MB',
      '12 MB',
    ])
  })
})

describe('interrupts', () => {
  it('ask once, end the program when asked again, and take two at the same moment for one', () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
    const exits: number[] = []
    const asked: string[] = []
    // Not the tests' own process, whose channel would no longer keep it alive.
    const source = new EventEmitter()
    const interrupts = createInterrupts((code) => void exits.push(code), source)
    interrupts.during(() => void asked.push('outer'))
    const release = interrupts.during((signal) => void asked.push(signal))
    interrupts.interrupt('SIGINT')
    source.emit('SIGINT')
    expect([asked, exits]).toEqual([['SIGINT'], []])
    vi.advanceTimersByTime(1000)
    interrupts.interrupt('SIGINT')
    expect([asked, exits]).toEqual([['SIGINT'], [130]])
    release()
    vi.advanceTimersByTime(1000)
    source.emit('SIGTERM')
    expect(asked).toEqual(['SIGINT', 'outer'])
    vi.advanceTimersByTime(6000)
    expect(exits).toEqual([130, 143])
    vi.useRealTimers()
  })
})
