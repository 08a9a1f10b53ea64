// Runs a snippet in the sandbox and records its reports as events; runs it once more if its process died by itself.
import type { Event, EventOf } from '../sessions/event.ts'
import type { Journal } from './journal.ts'
import { diedByItself, type CellReport, type CellRequest } from './runner/run.ts'
import type { RunEnd, Sandbox } from './runner/sandbox.ts'

export const CANCELLED = { status: 'cancelled', code: 'EASEL_CANCELLED', message: 'The cell was cancelled.' } as const

const RETRY_NOTICE = 'The sandbox process ended by itself. It was restarted, and the cell is being run again.'

export interface RetryDeps {
  readonly sandbox: Pick<Sandbox, 'run'>
  readonly journal: Pick<Journal, 'record'>
  /** Brings back the variables before a second run; resolves with false if it was cancelled. */
  readonly restore: () => Promise<boolean>
}

/** Runs the snippet and records its reports as they come; `made` collects the names of the files it made. */
export async function runWithCrashRetry(
  { sandbox, journal, restore }: RetryDeps,
  request: CellRequest,
  signal: AbortSignal,
  made: string[],
): Promise<RunEnd> {
  const printed = new Map<string, string>()
  let tookFiles = false
  const end = await runRecorded(sandbox, request, signal, made, (event) => {
    if (event.type === 'print') printed.set(event.stream, (printed.get(event.stream) ?? '') + event.text)
    if (event.type === 'file' || event.type === 'removed') tookFiles = true
    return journal.record(event)
  })
  // Once a file has changed, a second run would not start from the same files.
  if (!diedByItself(end) || tookFiles) return end
  if (signal.aborted) return { ...end, ...CANCELLED }
  await journal.record({ type: 'notice', text: RETRY_NOTICE })
  if (!(await restore())) return { ...end, ...CANCELLED }
  return runRecorded(sandbox, request, signal, made, async (event) => {
    const text = event.type === 'print' ? textNotPrinted(event, printed) : undefined
    if (text === undefined) await journal.record(event)
    else if (text !== '') await journal.record({ ...(event as EventOf<'print'>), text })
  })
}

/** The part of the text that the first run had not printed at this point of its stream; advances `printed` past it. */
function textNotPrinted({ stream, text }: EventOf<'print'>, printed: Map<string, string>): string {
  const before = printed.get(stream) ?? ''
  const isSame = before.startsWith(text)
  printed.set(stream, isSame ? before.slice(text.length) : '')
  return isSame ? '' : text.startsWith(before) ? text.slice(before.length) : text
}

/** Runs the snippet and records its reports in order. If one cannot be recorded, the run ends and this rejects. */
async function runRecorded(
  sandbox: Pick<Sandbox, 'run'>,
  request: CellRequest,
  signal: AbortSignal,
  made: string[],
  record: (event: Event) => Promise<unknown>,
): Promise<RunEnd> {
  const failed = new AbortController()
  let recording: Promise<unknown> = Promise.resolve()
  const end = await sandbox.run(
    request,
    (report) => {
      if (report.type === 'file' && !made.includes(report.name)) made.push(report.name)
      if (report.type === 'removed' && made.includes(report.name)) made.splice(made.indexOf(report.name), 1)
      recording = recording.then(() => record(eventOf(report)))
      recording.catch((error: unknown) => failed.abort(error))
    },
    AbortSignal.any([signal, failed.signal]),
  )
  await recording
  return end
}

function eventOf(report: CellReport): Event {
  if (report.type !== 'file') return report
  const { cell, name, bytes, card } = report
  const { mime, width, height, frames } = card
  return { type: 'file', cell, name, mime, bytes, width, height, frames, card }
}
