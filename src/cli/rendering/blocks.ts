// Lays out blocks of text with an empty line between kinds, and one progress line that can be redrawn.
import type { Screen } from './screen.ts'

type Kind = 'note' | 'text' | 'code' | 'value' | 'print' | 'answer' | 'files'

export interface BlockWriter {
  readonly last: Kind | undefined
  grey(text: string): string
  green(text: string): string
  /** Starts a block: ends the open one, and leaves a gap if the kind changes. */
  start(kind: Kind): void
  /** A whole block. */
  block(kind: Kind, text: string): void
  /** Appends to the block that was started. */
  add(text: string): void
  /** As `add`, for output of a snippet. */
  print(text: string, stream: 'stdout' | 'stderr'): void
  /** Draws a line in place of the one drawn before. */
  draw(text: string): void
  /** Ends an open line and removes a drawn one. */
  end(): void
}

/** Foreign text must be made safe before. `gaps`: an empty line between blocks of different kinds. */
export function createBlockWriter(screen: Screen, gaps: boolean): BlockWriter {
  const paint = (code: number, text: string): string => (screen.colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  let open = false
  let drawn = false
  let last: Kind | undefined

  const lines: BlockWriter = {
    get last() {
      return last
    },
    grey: (text) => paint(2, text),
    green: (text) => paint(32, text),
    start(kind) {
      lines.end()
      if (gaps && last !== undefined && last !== kind) screen.styled('\n')
      last = kind
    },
    block(kind, text) {
      lines.start(kind)
      screen.styled(`${text}\n`)
    },
    add(text) {
      screen.styled(text)
      if (text !== '') open = !text.endsWith('\n')
    },
    print(text, stream) {
      screen.print(text, stream)
      if (text !== '') open = !text.endsWith('\n')
    },
    draw(text) {
      if (!drawn) lines.start('note')
      drawn = true
      screen.styled(`\r\u001b[K${lines.grey(text.slice(0, Math.max(1, screen.columns - 1)))}`)
    },
    end() {
      if (drawn) screen.styled('\r\u001b[K')
      else if (open) screen.styled('\n')
      drawn = false
      open = false
    },
  }
  return lines
}
