// A snippet run in the sandbox, its reports as events. It is run once more where its process died by itself.
import type { Event, EventOf } from '../sessions/event.ts'
import { diedByItself, type CellReport, type CellRequest } from './runner/run.ts'
import type { RunEnd, Sandbox } from './runner/sandbox.ts'

export const CANCELLED = { status: 'cancelled', code: 'EASEL_CANCELLED', message: 'The cell was cancelled.' } as const

const AGAIN = 'The sandbox process ended by itself. It was restarted, and the cell is run once more.'

/**
 * Runs the snippet and hands on its reports as they come; `made` collects the names of the files it made. Before a second
 * run `restore` brings back the variables; it gives false when it was cancelled.
 */
export async function* runWithCrashRetry(
  sandbox: Pick<Sandbox, 'run'>,
  request: CellRequest,
  signal: AbortSignal,
  made: string[],
  restore: () => AsyncGenerator<Event, boolean>,
): AsyncGenerator<Event, RunEnd> {
  const printed = new Map<string, string>()
  let tookFiles = false
  const once = running(sandbox, request, signal, made)
  let next = await once.next()
  for (; !next.done; next = await once.next()) {
    const event = next.value
    if (event.type === 'print') printed.set(event.stream, (printed.get(event.stream) ?? '') + event.text)
    if (event.type === 'file' || event.type === 'removed') tookFiles = true
    yield event
  }
  const end = next.value
  // Where its files have begun to come in, a second run would not begin with the same ones.
  if (!diedByItself(end) || tookFiles) return end
  if (signal.aborted) return { ...end, ...CANCELLED }
  yield { type: 'notice', text: AGAIN }
  if (!(yield* restore())) return { ...end, ...CANCELLED }
  return yield* withoutPrefix(running(sandbox, request, signal, made), printed)
}

/** Leaves out of each stream what the first run had printed there, up to where the second prints something else. */
async function* withoutPrefix(
  events: AsyncGenerator<Event, RunEnd>,
  printed: Map<string, string>,
): AsyncGenerator<Event, RunEnd> {
  for (;;) {
    const { done, value } = await events.next()
    if (done) return value
    const text = value.type === 'print' ? fresh(value, printed) : undefined
    if (text === undefined) yield value
    else if (text !== '') yield { ...(value as EventOf<'print'>), text }
  }
}

/** What of the text was not printed before; takes it off what was. */
function fresh({ stream, text }: EventOf<'print'>, printed: Map<string, string>): string {
  const before = printed.get(stream) ?? ''
  const isSame = before.startsWith(text)
  printed.set(stream, isSame ? before.slice(text.length) : '')
  return isSame ? '' : text.startsWith(before) ? text.slice(before.length) : text
}

/** Runs the snippet and hands on its reports as they come. */
async function* running(
  sandbox: Pick<Sandbox, 'run'>,
  request: CellRequest,
  signal: AbortSignal,
  made: string[],
): AsyncGenerator<Event, RunEnd> {
  const waiting: Event[] = []
  let wake: () => void = () => undefined
  let end: RunEnd | undefined
  const run = sandbox.run(
    request,
    (report) => {
      waiting.push(eventOf(report))
      if (report.type === 'file' && !made.includes(report.name)) made.push(report.name)
      if (report.type === 'removed' && made.includes(report.name)) made.splice(made.indexOf(report.name), 1)
      wake()
    },
    signal,
  )
  run.then(
    (ending) => {
      end = ending
      wake()
    },
    () => wake(),
  )
  for (;;) {
    const event = waiting.shift()
    if (event) yield event
    else if (end) return end
    else await Promise.race([run, new Promise<void>((resolve) => (wake = resolve))])
  }
}

function eventOf(report: CellReport): Event {
  if (report.type !== 'file') return report
  const { cell, name, bytes, card } = report
  const { mime, width, height, frames } = card
  return { type: 'file', cell, name, mime, bytes, width, height, frames, card }
}
