// Shows failed attempts: as a grey line if the work goes on, as the reason at the end if it does not.
import { LIMITS } from '../../../sandbox/limits.ts'
import type { EventOf } from '../../../sessions/event.ts'

export interface FailedAttempts {
  /** Holds back a line about a failed attempt, which is shown only if the work goes on. */
  holdBack(text: string): void
  readonly isPaused: boolean
  rejected(event: EventOf<'rejected'>): void
  result(event: EventOf<'result'>): void
  /** A picture could not be generated. */
  drawn(event: EventOf<'drawn'>): void
  unreadable(event: EventOf<'unreadable'>): void
  /** The work goes on: returns the lines held back. */
  goOn(): readonly string[]
  /** The reason of the end, with the line of the snippet; several problems one a line. */
  reason(end: EventOf<'end'>): string
}

export function createFailedAttempts(): FailedAttempts {
  let held: string[] = []
  let problems: string[] = []
  let line: number | undefined

  return {
    holdBack: (text) => void held.push(text),
    get isPaused() {
      return held.length > 0
    },
    rejected({ diagnostics }) {
      problems = diagnostics.map(({ line: row, column, message, code }) => `${row}:${column}  ${message} (${code})`)
      held = problems.map((problem) => `✗ ${problem}`)
    },
    result(event) {
      if (event.status === 'ok' || event.status === 'rejected') return
      problems = []
      line = event.line
      held = [`✗ ${sentence(event, line)}`]
    },
    drawn({ message = 'The picture was not made.' }) {
      problems = []
      line = undefined
      held = [`✗ ${message}`]
    },
    unreadable: ({ problem }) => void held.push(`✗ ${problem}`),
    goOn() {
      const now = held
      held = []
      problems = []
      line = undefined
      return now
    },
    reason: (end) => (problems.length > 1 ? `nothing was run:\n  ${problems.join('\n  ')}` : sentence(end, line)),
  }
}

/** What a command line user can do in addition to the reason's advice; '' if nothing. */
export function advice({ code }: EventOf<'end'>): string {
  const environment = code === 'EASEL_TIMEOUT' ? '--timeout' : code === 'EASEL_WALL' ? LIMITS.wallMs.env : undefined
  return environment === undefined ? '' : ` Or raise the limit with ${environment}.`
}

function sentence(
  { status, message }: { readonly status: string; readonly message?: string | undefined },
  line: number | undefined,
): string {
  // Indents further lines, so that none of them looks like a message from Easel.
  const text = (message ?? `${status}.`).replaceAll('\n', '\n  ')
  return line === undefined ? text : `${text} (line ${line})`
}
