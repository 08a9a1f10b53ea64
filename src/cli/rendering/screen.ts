// Standard output and error, and their features: colours, a moving line. A terminal gets control sequences only from
// `styled`; a pipe gets every byte.
import { sanitizeStyledForTerminal, sanitizeForTerminal } from '../../../sandbox/untrusted-text.ts'

export interface Screen {
  out(text: string): void
  err(text: string): void
  /** A snippet's output: at a terminal its colours are shown and reset at its end. */
  print(text: string, stream: 'stdout' | 'stderr'): void
  /** Text with our own control sequences; foreign text in it must have passed through `safe`. */
  styled(text: string): void
  /** Foreign text for `styled`: at a terminal without control sequences. */
  readonly safe: (text: string) => string
  readonly colour: boolean
  /** A progress line can be redrawn. */
  readonly moving: boolean
  readonly columns: number
}

/** An output stream: a terminal, a pipe, a file. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** A reader that closes the pipe (`easel … | head`) is no error: the work is finished and its files are written. */
export function createScreen(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv): Screen {
  const terminal = stdout.isTTY === true
  const dumb = env['TERM'] === 'dumb'
  const colour = terminal && !dumb && !env['NO_COLOR']
  const printed = colour ? sanitizeStyledForTerminal : sanitizeForTerminal
  const [toOut, toErr] = [writer(stdout), writer(stderr)]
  return {
    out: (text) => toOut(terminal ? sanitizeForTerminal(text) : text),
    err: (text) => toErr(stderr.isTTY ? sanitizeForTerminal(text) : text),
    print(text, stream) {
      if (stream === 'stdout') toOut(terminal ? printed(text) : text)
      else
        toErr(stderr.isTTY ? (env['NO_COLOR'] || dumb ? sanitizeForTerminal : sanitizeStyledForTerminal)(text) : text)
    },
    styled: toOut,
    safe: terminal ? sanitizeForTerminal : (text) => text,
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
