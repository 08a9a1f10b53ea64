// The loop: a request goes to the planner, its snippets are checked and run, what happened goes back to the planner,
// until it answers or gives up. Everything that happens is an event, appended to the journal and then handed on.
import type { Detail, Diagnostic, EndStatus, Event, EventOf } from '../sessions/event.ts'
import { lastMark } from '../sessions/journal/derived.ts'
import { effectiveEvents } from '../sessions/journal/effective-events.ts'
import { runCell, type CellDeps } from './cell.ts'
import type { Journal } from './journal.ts'
import type { Action, PictureSource, PlannedDrawing, Planner, Step } from './planner/planner.ts'
import { helpOn } from './planner/help/help.ts'
import { sameError, type FailedTry } from './planner/same-error.ts'
import { overrunOf, uncounted, type Overrun } from './spending/budget.ts'
import { costOf } from './spending/prices.ts'
import type { Spending } from './spending/settings.ts'

/** Shows files of the session to a model that sees pictures. */
export interface ImageInput {
  /** Yields one `look`, if any of the files is a picture, or a `callId` waits for it; shows nothing twice without one. Prepares no more once `signal` aborts. */
  look(files: readonly string[], sight: Sight, signal: AbortSignal, callId?: string): AsyncGenerator<Event>
  readonly read: PictureSource
}
export type Sight = NonNullable<Planner['sight']>

/** Has pictures made by the planner's endpoint. */
export interface ImageGeneration {
  /** Yields `drawing`, the file and its usage if it was made, and `drawn`, which it also returns. */
  draw(action: PlannedDrawing, planner: Planner, signal: AbortSignal): AsyncGenerator<Event, EventOf<'drawn'>>
}

export interface TurnDeps extends CellDeps {
  readonly planner: Planner
  readonly journal: Journal
  readonly imageInput: ImageInput
  readonly imageGeneration: ImageGeneration
  /** Undefined: nothing is counted. */
  readonly spending?: Spending | undefined
}

export interface TurnRequest {
  readonly text: string
  /** Names of the files that came with it. */
  readonly files: readonly string[]
  /** How closely a model is to look at pictures among them; undefined: the planner's own. */
  readonly detail?: Detail | undefined
}

/** A reason to abort a turn that is not the person's; by itself: the program ends. */
export class Interruption extends Error {
  readonly code: string
  constructor(code = 'EASEL_INTERRUPTED', message = 'The program ended in the middle of this turn.') {
    super(message)
    this.code = code
  }
}

const CANCELLED = { code: 'EASEL_CANCELLED', message: 'Cancelled.' }
const MAX_FAILURES = 3
const MAX_STEPS = 20

/** One turn; the last event is its `end`. Aborting `signal` ends it with `cancelled`. */
export async function* runTurn(deps: TurnDeps, request: TurnRequest, signal: AbortSignal): AsyncGenerator<Event> {
  for await (const event of steps(deps, request, signal)) {
    yield await deps.journal.record(priced(event, deps.spending))
  }
}

function priced(event: Event, spending: Spending | undefined): Event {
  if (event.type !== 'usage' || event.model === undefined || !spending) return event
  const cost = costOf(event, event.model, spending.prices)
  return cost === undefined ? event : { ...event, cost }
}

async function* steps(deps: TurnDeps, request: TurnRequest, signal: AbortSignal): AsyncGenerator<Event> {
  const tries: Tries = { failures: 0, last: undefined, made: [] }
  yield { type: 'ask', text: request.text, files: [...request.files] }
  const { sight } = deps.planner
  if (sight)
    yield* deps.imageInput.look(request.files, { ...sight, ...(request.detail && { detail: request.detail }) }, signal)
  for (let n = 0; n < MAX_STEPS; n++) {
    const overrun = yield* checkBudgets(deps)
    if (overrun) return yield* overspent(overrun, tries)
    let step: Step
    try {
      step = yield* deps.planner.next(effectiveEvents(deps.journal.events), signal, deps.imageInput.read)
    } catch (error) {
      if (!signal.aborted) throw error
      return yield* cancelled(signal)
    }
    if (step.type === 'failed') return yield* failed(step.code, step.message, tries)
    if (step.type === 'answer') return yield* answered(step.text, tries.last)
    if (step.text.trim()) yield { type: 'plan', text: step.text.trim() }
    for (const call of step.unreadable) {
      yield { type: 'unreadable', ...call }
      note(tries, {
        type: 'result',
        cell: 0,
        status: 'rejected',
        code: 'unreadable',
        message: call.problem,
        ms: 0,
        names: [],
      })
    }
    for (const action of step.actions) {
      const status = yield* act(deps, action, signal, tries)
      if (status === 'cancelled') return yield* cancelled(signal)
      if (status !== 'ok') break
    }
    const why = tries.repeated
      ? 'the same error came twice'
      : tries.failures >= MAX_FAILURES
        ? `${MAX_FAILURES} tries failed`
        : ''
    if (why) return yield* gaveUp(why, tries)
  }
  yield* gaveUp(`${MAX_STEPS} steps were not enough`, tries)
}

/** Before each step: the budget that is used up, if one is. */
function* checkBudgets({ spending, journal: { events } }: TurnDeps): Generator<Event, Overrun | undefined> {
  if (!spending) return undefined
  const text = uncounted(events, spending.budgets)
  if (text !== undefined && !lastMark(events, (event) => event.type === 'notice' && event.text === text)) {
    yield { type: 'notice', text }
  }
  return overrunOf(events, spending.budgets)
}

async function* act(
  deps: TurnDeps,
  action: Action,
  signal: AbortSignal,
  tries: Tries,
): AsyncGenerator<Event, EndStatus> {
  if ('look' in action) {
    const { model = '' } = deps.planner.sight ?? {}
    yield* deps.imageInput.look(action.look, { model, detail: action.detail }, signal, action.callId)
    return signal.aborted ? 'cancelled' : 'ok'
  }
  if ('help' in action) {
    const { help: topic, callId } = action
    yield { type: 'help', topic: topic.slice(0, 200), text: helpOn(topic), ...(callId !== undefined && { callId }) }
    return 'ok'
  }
  if ('drawing' in action) {
    const { status, code, message } = yield* noting(deps.imageGeneration.draw(action, deps.planner, signal), tries.made)
    const { last } = tries
    const ended = status === 'ok' ? 'ok' : 'threw'
    note(tries, { type: 'result', cell: 0, status: ended, code, message, ms: 0, names: [] })
    // Where nothing can draw nothing failed: the model answers, or draws with code.
    if (code === 'images_none') tries.last = last
    return status
  }
  const result = yield* runCell(deps, action, signal, tries.made)
  if (result.status !== 'cancelled') note(tries, result, diagnosticsOf(deps.journal, result.cell))
  return result.status
}

/** Collects the names of files on the way. */
async function* noting<T>(events: AsyncGenerator<Event, T>, made: string[]): AsyncGenerator<Event, T> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
    if (value.type === 'file' && !made.includes(value.name)) made.push(value.name)
    yield value
  }
}

interface Tries {
  failures: number
  last: EventOf<'result'> | undefined
  /** The last failure, if nothing has succeeded since. */
  failed?: FailedTry | undefined
  repeated?: boolean
  readonly made: string[]
}

function note(tries: Tries, result: EventOf<'result'>, diagnostics?: readonly Diagnostic[]): void {
  const failure = result.status === 'ok' ? undefined : { ...result, diagnostics }
  tries.repeated = failure !== undefined && tries.failed !== undefined && sameError(tries.failed, failure)
  tries.failures = failure ? tries.failures + 1 : 0
  tries.failed = failure
  tries.last = result
}

function diagnosticsOf({ events }: Journal, cell: number): readonly Diagnostic[] | undefined {
  const rejected = lastMark(events, (event) => event.type === 'rejected' && event.cell === cell)?.event
  return rejected?.type === 'rejected' ? rejected.diagnostics : undefined
}

function* answered(text: string, last: EventOf<'result'> | undefined): Generator<Event> {
  yield { type: 'message', text }
  yield endOf(last?.status ?? 'ok', last)
}

function* failed(code: string, message: string, { made }: Tries): Generator<Event> {
  yield { type: 'message', text: made.length > 0 ? `${message} ${keptFiles(made)}` : message }
  yield { type: 'end', status: 'failed', code, message }
}

function* cancelled({ reason }: AbortSignal): Generator<Event> {
  const { code, message } = reason instanceof Interruption ? reason : CANCELLED
  yield { type: 'end', status: 'cancelled', code, message }
}

function* gaveUp(why: string, { last, made }: Tries): Generator<Event> {
  const files = made.length > 0 ? keptFiles(made) : 'No file was made.'
  const error = last && last.status !== 'ok' ? ` The last error: ${last.message ?? last.status}` : ''
  yield { type: 'message', text: `I stopped: ${why}. ${files}${error}` }
  yield endOf(last?.status ?? 'failed', last)
}

function* overspent({ code, what, advice }: Overrun, tries: Tries): Generator<Event> {
  yield* failed(code, `I stopped: ${what}. ${advice}`, tries)
}

function keptFiles(made: readonly string[]): string {
  return `These files were made and are kept: ${made.join(', ')}.`
}

function endOf(status: EndStatus, last: EventOf<'result'> | undefined): EventOf<'end'> {
  if (status === 'ok' || !last) return { type: 'end', status }
  return { type: 'end', status, code: last.code, message: last.message }
}
