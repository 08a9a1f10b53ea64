// Blocks of text one below the other, an empty line between kinds; text and code may arrive in pieces.
import type { EventOf } from '../../sessions/event.ts'
import type { Screen } from './screen.ts'

export type Kind = 'note' | 'text' | 'code' | 'value' | 'print' | 'answer' | 'files'

export interface Paper {
  grey(text: string): string
  green(text: string): string
  /** A whole block. */
  block(kind: Kind, text: string): void
  /** A piece of a block that is still being written. */
  stream(kind: 'text' | 'code', piece: string): void
  /** The whole of a block, written unless its pieces already were. */
  finish(kind: 'text' | 'code' | 'answer', text: string): void
  /** Whether the pieces of text since the last whole block were these words; they are forgotten. */
  heard(text: string): boolean
  /** What a snippet prints, as it is. */
  raw(text: string, stream: 'stdout' | 'stderr'): void
  progress(event: EventOf<'progress'>): void
  /** Ends an open line or progress line. */
  end(): void
}

const BAR = 24

/** With `gaps` there is an empty line between blocks of different kinds. */
export function createPaper(screen: Screen, gaps: boolean): Paper {
  const paint = (code: number, text: string): string => (screen.colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const grey = (text: string): string => paint(2, text)
  const bar = `  ${grey('│')} `
  const pieces = { text: '', code: '' }
  const quarters = new Map<string, number>()
  let breaks = ''
  /** The snippets of one answer arrive in one stream: what was written stays known until the next answer's come. */
  let codeEnded = false
  let last: Kind | undefined
  let open = false
  let moving = false

  const end = (): void => {
    if (moving) screen.out('\r\u001b[K')
    else if (open) screen.out('\n')
    moving = false
    open = false
  }
  const start = (kind: Kind): void => {
    end()
    if (gaps && last !== undefined && last !== kind) screen.out('\n')
    last = kind
  }
  const block = (kind: Kind, text: string): void => {
    start(kind)
    screen.out(`${text}\n`)
  }
  const listing = (code: string): string => bar + code.replaceAll('\n', `\n${bar}`)

  return {
    grey,
    green: (text) => paint(32, text),
    block,
    end,
    stream(kind, piece) {
      if (kind === 'code' && codeEnded) pieces.code = ''
      if (kind === 'code') codeEnded = false
      const begins = last !== kind || pieces[kind] === ''
      const text = begins ? piece.replace(/^\s*\n/, '') : piece
      if (text === '') return
      if (begins) {
        start(kind)
        breaks = ''
      }
      pieces[kind] += text
      // Line breaks wait for what follows them, so that none is left over at the end.
      const [body, after] = [text.trimEnd(), /\s*$/.exec(text)?.[0] ?? '']
      const whole = body === '' ? '' : breaks + body
      breaks = body === '' ? breaks + after : after
      screen.out(kind === 'text' ? whole : (begins ? bar : '') + whole.replaceAll('\n', `\n${bar}`))
      open = true
    },
    finish(kind, text) {
      const from = kind === 'code' ? 'code' : 'text'
      const known = text.trim() !== '' && pieces[from].includes(text.trim())
      if (kind === 'code') codeEnded = true
      else pieces.text = ''
      if (known || text.trim() === '') return end()
      block(kind, kind === 'code' ? listing(text.trimEnd()) : text.trimEnd())
    },
    heard(text) {
      const same = text.trim() !== '' && pieces.text.trim() === text.trim()
      pieces.text = ''
      return same
    },
    raw(text, stream) {
      if (last !== 'print' || moving) start('print')
      if (stream === 'stderr') screen.err(text)
      else screen.out(text)
      open = !text.endsWith('\n')
    },
    progress({ cell, done, total, label }) {
      const share = total > 0 ? Math.min(1, done / total) : 1
      const words = `${label} ${done}/${total}`
      if (screen.moving) {
        if (!moving) start('note')
        const filled = Math.round(share * BAR)
        const drawn = `  ${'━'.repeat(filled)}${'─'.repeat(BAR - filled)}  ${words}`
        screen.out(`\r\u001b[K${grey(drawn.slice(0, Math.max(1, screen.columns - 1)))}`)
        moving = true
        return
      }
      const key = `${cell} ${label}`
      const quarter = Math.floor(share * 4)
      if ((quarters.get(key) ?? 0) >= quarter) return
      quarters.set(key, quarter)
      block('note', `  ${words}`)
    },
  }
}
