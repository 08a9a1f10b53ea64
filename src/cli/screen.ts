// The two streams a person sees, and what may be done on them: colours, a line that moves.

export interface Screen {
  out(text: string): void
  err(text: string): void
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
  return {
    out: writer(stdout),
    err: writer(stderr),
    colour: terminal && !dumb && !env['NO_COLOR'],
    moving: terminal && !dumb,
    get columns() {
      return stdout.columns || 80
    },
  }
}

function writer(stream: Stream): (text: string) => void {
  let gone = false
  stream.on('error', () => (gone = true))
  const plain = stream.isTTY === true
  return (text) => {
    if (!gone) stream.write(plain ? harmless(text) : text)
  }
}

/** Text without what could move a terminal's cursor, retitle its window or write its clipboard; colours stay. */
function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b(?!\[[\d;]*[mK])|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g, '')
}
