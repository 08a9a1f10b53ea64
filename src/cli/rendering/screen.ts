// The two streams a person sees, and what may be done on them: colours, a line that moves. A terminal obeys nothing that is
// written to it but what `styled` writes; a pipe gets every byte.
import { terminalPrint, terminalText } from '../../../sandbox/untrusted-text.ts'

export interface Screen {
  out(text: string): void
  err(text: string): void
  /** What a snippet printed: at a terminal its colours are shown, and end with it. */
  print(text: string, stream: 'stdout' | 'stderr'): void
  /** Text with sequences of our own, to which foreign text went through `safe`. */
  styled(text: string): void
  /** Foreign text for `styled`: at a terminal without what it would obey. */
  readonly safe: (text: string) => string
  readonly colour: boolean
  /** A progress line may be drawn over and over. */
  readonly moving: boolean
  readonly columns: number
}

/** Where text goes: a terminal, a pipe, a file. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** A reader that goes away (`easel … | head`) is no error: the work is finished and its files are written. */
export function createScreen(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv): Screen {
  const terminal = stdout.isTTY === true
  const dumb = env['TERM'] === 'dumb'
  const colour = terminal && !dumb && !env['NO_COLOR']
  const printed = colour ? terminalPrint : terminalText
  const [toOut, toErr] = [writer(stdout), writer(stderr)]
  return {
    out: (text) => toOut(terminal ? terminalText(text) : text),
    err: (text) => toErr(stderr.isTTY ? terminalText(text) : text),
    print(text, stream) {
      if (stream === 'stdout') toOut(terminal ? printed(text) : text)
      else toErr(stderr.isTTY ? (env['NO_COLOR'] || dumb ? terminalText : terminalPrint)(text) : text)
    },
    styled: toOut,
    safe: terminal ? terminalText : (text) => text,
    colour,
    moving: terminal && !dumb,
    get columns() {
      return stdout.columns || 80
    },
  }
}

function writer(stream: Stream): (text: string) => void {
  let gone = false
  stream.on('error', () => (gone = true))
  return (text) => {
    if (!gone) stream.write(text)
  }
}
