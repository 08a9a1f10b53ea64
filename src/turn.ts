// The agent loop: a request goes to the planner, its snippets are checked and run, and the results go back to it, until
// it answers or gives up. Everything that happens is recorded in the journal as an event.
import type { Detail, Diagnostic, EndStatus, Event, EventOf } from '../sessions/event.ts'
import { findLastEvent } from '../sessions/journal/derived.ts'
import { effectiveEvents } from '../sessions/journal/effective-events.ts'
import { runCell, type CellDeps } from './cell.ts'
import { recordAll, type Journal } from './journal.ts'
import type { Action, PictureSource, PlannedDrawing, Planner, Step } from './planner/planner.ts'
import { helpOn } from './planner/help/help.ts'
import { sameError, type FailedTry } from './planner/same-error.ts'
import { overrunOf, uncounted, type Overrun } from './spending/budget.ts'
import { costOf } from './spending/prices.ts'
import type { Spending } from './spending/settings.ts'

/** Shows files of the session to a model that sees pictures. */
export interface ImageInput {
  /**
   * Yields one `look` if any file is a picture or a `callId` expects an answer; without a `callId`, shows no picture
   * twice. Stops preparing pictures once `signal` aborts.
   */
  look(files: readonly string[], sight: Sight, signal: AbortSignal, callId?: string): AsyncGenerator<Event>
  readonly read: PictureSource
}
export type Sight = NonNullable<Planner['sight']>

/** Generates pictures with the planner's endpoint. */
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
  /** The image detail for pictures among them; undefined: the planner's default. */
  readonly detail?: Detail | undefined
}

/** A reason to abort a turn other than the user's cancel; by default, the end of the program. */
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

/** One turn; the last event that it records is its `end`. Aborting `signal` ends it with `cancelled`. */
export async function runTurn(deps: TurnDeps, request: TurnRequest, signal: AbortSignal): Promise<void> {
  const { journal, spending } = deps
  const record = (event: Event): Promise<Event> => journal.record(withCost(event, spending))
  const priced: Journal = {
    get events() {
      return journal.events
    },
    record,
  }
  for (const event of await takeSteps({ ...deps, journal: priced }, request, signal)) await record(event)
}

function withCost(event: Event, spending: Spending | undefined): Event {
  if (event.type !== 'usage' || event.model === undefined || !spending) return event
  const cost = costOf(event, event.model, spending.prices)
  return cost === undefined ? event : { ...event, cost }
}

/** Runs the planner's steps until it answers or gives up; resolves with the events that end the turn. */
async function takeSteps(deps: TurnDeps, request: TurnRequest, signal: AbortSignal): Promise<readonly Event[]> {
  const { planner, journal, imageInput } = deps
  const tries: Tries = { failures: 0, last: undefined, made: [] }
  await journal.record({ type: 'ask', text: request.text, files: [...request.files] })
  if (planner.sight) {
    const sight = { ...planner.sight, ...(request.detail && { detail: request.detail }) }
    await recordAll(imageInput.look(request.files, sight, signal), journal)
  }
  for (let n = 0; n < MAX_STEPS; n++) {
    const overrun = await checkBudgets(deps)
    if (overrun) return overspentEvents(overrun, tries)
    let step: Step
    try {
      step = await recordAll(planner.next(effectiveEvents(journal.events), signal, imageInput.read), journal)
    } catch (error) {
      if (!signal.aborted) throw error
      return cancelEvents(signal)
    }
    if (step.type === 'failed') return failed(step.code, step.message, tries)
    if (step.type === 'answer') return answerEvents(step.text, tries.last)
    const status = await takeStep(deps, step, signal, tries)
    if (status === 'cancelled') return cancelEvents(signal)
    const why = tries.repeated
      ? 'the same error came twice'
      : tries.failures >= MAX_FAILURES
        ? `${MAX_FAILURES} tries failed`
        : ''
    if (why) return giveUpEvents(why, tries)
  }
  return giveUpEvents(`${MAX_STEPS} steps were not enough`, tries)
}

/** Runs the actions of a step up to the first that does not end ok. */
async function takeStep(
  deps: TurnDeps,
  step: Extract<Step, { readonly actions: unknown }>,
  signal: AbortSignal,
  tries: Tries,
): Promise<EndStatus> {
  const { journal } = deps
  if (step.text.trim()) await journal.record({ type: 'plan', text: step.text.trim() })
  for (const call of step.unreadable) {
    await journal.record({ type: 'unreadable', ...call })
    recordTry(tries, failedTry('rejected', 'unreadable', call.problem))
  }
  for (const action of step.actions) {
    const status = await runAction(deps, action, signal, tries)
    if (status !== 'ok') return status
  }
  return 'ok'
}

/** The budget that is used up, if any; checked before each step. */
async function checkBudgets({ spending, journal }: TurnDeps): Promise<Overrun | undefined> {
  if (!spending) return undefined
  const { events } = journal
  const text = uncounted(events, spending.budgets)
  if (text !== undefined && !findLastEvent(events, (event) => event.type === 'notice' && event.text === text)) {
    await journal.record({ type: 'notice', text })
  }
  return overrunOf(events, spending.budgets)
}

async function runAction(deps: TurnDeps, action: Action, signal: AbortSignal, tries: Tries): Promise<EndStatus> {
  const { journal, planner, imageInput, imageGeneration } = deps
  if ('look' in action) {
    const { model = '' } = planner.sight ?? {}
    await recordAll(imageInput.look(action.look, { model, detail: action.detail }, signal, action.callId), journal)
    return signal.aborted ? 'cancelled' : 'ok'
  }
  if ('help' in action) {
    const { help: topic, callId } = action
    const text = helpOn(topic)
    await journal.record({ type: 'help', topic: topic.slice(0, 200), text, ...(callId !== undefined && { callId }) })
    return 'ok'
  }
  if ('drawing' in action) {
    const record = (event: Event): Promise<Event> => {
      if (event.type === 'file' && !tries.made.includes(event.name)) tries.made.push(event.name)
      return journal.record(event)
    }
    const { status, code, message } = await recordAll(imageGeneration.draw(action, planner, signal), { record })
    const { last } = tries
    recordTry(tries, failedTry(status === 'ok' ? 'ok' : 'threw', code, message))
    // An endpoint without image generation is no failed try: the model answers, or draws with code.
    if (code === 'images_none') tries.last = last
    return status
  }
  const result = await runCell(deps, action, signal, tries.made)
  if (result.status !== 'cancelled') recordTry(tries, result, diagnosticsOf(journal, result.cell))
  return result.status
}

interface Tries {
  failures: number
  last: EventOf<'result'> | undefined
  /** The last failure, if nothing has succeeded since. */
  failed?: FailedTry | undefined
  repeated?: boolean
  readonly made: string[]
}

/** The result of a try that ran no cell. */
function failedTry(status: EventOf<'result'>['status'], code?: string, message?: string): EventOf<'result'> {
  return { type: 'result', cell: 0, status, code, message, ms: 0, names: [] }
}

function recordTry(tries: Tries, result: EventOf<'result'>, diagnostics?: readonly Diagnostic[]): void {
  const failure = result.status === 'ok' ? undefined : { ...result, diagnostics }
  tries.repeated = failure !== undefined && tries.failed !== undefined && sameError(tries.failed, failure)
  tries.failures = failure ? tries.failures + 1 : 0
  tries.failed = failure
  tries.last = result
}

function diagnosticsOf({ events }: Journal, cell: number): readonly Diagnostic[] | undefined {
  const rejected = findLastEvent(events, (event) => event.type === 'rejected' && event.cell === cell)?.event
  return rejected?.type === 'rejected' ? rejected.diagnostics : undefined
}

function answerEvents(text: string, last: EventOf<'result'> | undefined): Event[] {
  return [{ type: 'message', text }, endOf(last?.status ?? 'ok', last)]
}

function failed(code: string, message: string, { made }: Tries): Event[] {
  const text = made.length > 0 ? `${message} ${listMadeFiles(made)}` : message
  return [
    { type: 'message', text },
    { type: 'end', status: 'failed', code, message },
  ]
}

function cancelEvents({ reason }: AbortSignal): Event[] {
  const { code, message } = reason instanceof Interruption ? reason : CANCELLED
  return [{ type: 'end', status: 'cancelled', code, message }]
}

function giveUpEvents(why: string, { last, made }: Tries): Event[] {
  const files = made.length > 0 ? listMadeFiles(made) : 'No file was made.'
  const error = last && last.status !== 'ok' ? ` The last error: ${last.message ?? last.status}` : ''
  const text = `I stopped: ${why}. ${files}${error}`
  return [{ type: 'message', text }, endOf(last?.status ?? 'failed', last)]
}

function overspentEvents({ code, what, advice }: Overrun, tries: Tries): Event[] {
  return failed(code, `I stopped: ${what}. ${advice}`, tries)
}

/** The end of a cell that ran without a turn; the journal does not keep it. */
export function endOfCell({ status, code, message }: EventOf<'result'>, signal: AbortSignal): EventOf<'end'> {
  const { reason } = signal as { readonly reason: unknown }
  if (status === 'cancelled' && reason instanceof Interruption)
    return { type: 'end', status, code: reason.code, message: reason.message }
  return { type: 'end', status, ...(status === 'ok' ? {} : { code, message: message ?? `The snippet was ${status}.` }) }
}

function listMadeFiles(made: readonly string[]): string {
  return `These files were made and are kept: ${made.join(', ')}.`
}

function endOf(status: EndStatus, last: EventOf<'result'> | undefined): EventOf<'end'> {
  if (status === 'ok' || !last) return { type: 'end', status }
  return { type: 'end', status, code: last.code, message: last.message }
}
