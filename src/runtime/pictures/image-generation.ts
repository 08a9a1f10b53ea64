// Generates pictures with the planner's endpoint and adds them to the session, inspected in the sandbox like uploads.
import { findLastEvent, nonPrintEventsSince } from '../../../sessions/journal/derived.ts'
import { StoreError } from '../../../sessions/errors.ts'
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { DrawingResult, DrawingRequest, Planner } from '../../planner/planner.ts'
import { formatOf } from '../../planner/picture-format.ts'
import { checkName, checkPathConflict, FileRefused } from '../../runner/file-rules.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { ImageGeneration } from '../../turn.ts'
import { readInputs } from './generation-inputs.ts'
import { drawingName, requestedFormat } from './generated-name.ts'
import type { SessionRuntime } from '../lazy-runtime.ts'
import { temporaryFolderProblem } from '../processes.ts'
import { putFile } from '../recorder.ts'

/** Limited because each costs money. */
const MAX_IMAGES_PER_TURN = 4

/** Adds the generated pictures to `stored`. */
export function createImageGeneration(
  stored: StoredSession,
  processes: () => Promise<Pick<SessionRuntime, 'sandbox' | 'variables'>>,
): ImageGeneration {
  const taken = (name: string): boolean => stored.currentFiles().some((file) => file.name === name)

  const sandboxNow = async (): Promise<Sandbox> => {
    const { sandbox, variables } = await processes()
    await variables.files()
    return sandbox
  }

  async function* draw(drawing: DrawingFacts, planner: Planner, signal: AbortSignal): AsyncGenerator<Event, Outcome> {
    const before = drawingsSinceAsk(stored.events)
    yield { type: 'drawing', ...drawing }
    if (!planner.draw) return failed('images_none', 'There is no Images API here.')
    if (before >= MAX_IMAGES_PER_TURN) return failed('images_budget', BUDGET)
    const problem = refusalOf(stored, drawing.name)
    if (problem) return problem
    const inputs = await readInputs(stored, sandboxNow, drawing, signal)
    if (signal.aborted) return CANCELLED
    if (typeof inputs === 'string') return failed('images_input', inputs)
    const { callId: _, ...request } = drawing
    const made = await generatePicture(planner.draw, { ...request, ...inputs }, signal)
    if (!made?.ok) return made ? failed(made.code, made.message) : CANCELLED
    const outcome = yield* keep(drawing.name, made.bytes)
    if (made.usage) yield made.usage
    return outcome
  }

  async function* keep(wanted: string, bytes: Uint8Array): AsyncGenerator<Event, Outcome> {
    const name = drawingName(wanted, formatOf(bytes) ?? 'png', taken)
    const sandbox = await sandboxNow()
    const file = await addPicture(stored, sandbox, name, bytes)
    if (file.type !== 'file') return file
    yield file
    return OK
  }

  return {
    async *draw({ drawing: planned, callId }, planner, signal) {
      const began = performance.now()
      const name = drawingName(planned.name, requestedFormat(planned.name, planned.background), taken)
      const outcome = yield* draw({ ...planned, name, ...(callId === undefined ? {} : { callId }) }, planner, signal)
      const drawn = { ...outcome, ms: Math.round(performance.now() - began) }
      yield drawn
      return drawn
    },
  }
}

type DrawingFacts = Omit<EventOf<'drawing'>, 'type'>
type Outcome = Omit<EventOf<'drawn'>, 'ms'>

const OK: Outcome = { type: 'drawn', status: 'ok' }
const CANCELLED: Outcome = {
  type: 'drawn',
  status: 'cancelled',
  code: 'EASEL_CANCELLED',
  message: 'The drawing was cancelled.',
}
const BUDGET = `There were ${MAX_IMAGES_PER_TURN} drawings since the last request, which is the limit.`

function failed(code: string, message: string): Outcome {
  return { type: 'drawn', status: 'failed', code, message }
}

function drawingsSinceAsk(events: readonly Event[]): number {
  const ask = findLastEvent(events, ({ type }) => type === 'ask')?.seq ?? -1
  return nonPrintEventsSince(events, ask + 1).filter(({ event }) => event.type === 'drawing').length
}

/** Refuses a name that no file can have, or that conflicts with another file's path, before the paid request. */
function refusalOf({ currentFiles }: Pick<StoredSession, 'currentFiles'>, name: string): Outcome | undefined {
  try {
    checkName(name)
    checkPathConflict(new Map(currentFiles().map((file) => [file.name, file])), name)
    return undefined
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return failed(error.code, error.message)
  }
}

/** Undefined if cancelled. */
async function generatePicture(
  draw: NonNullable<Planner['draw']>,
  request: DrawingRequest,
  signal: AbortSignal,
): Promise<DrawingResult | undefined> {
  try {
    return await draw(request, signal)
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

/** Stores the picture, then places it in the sandbox, which inspects it. */
async function addPicture(
  stored: StoredSession,
  sandbox: Sandbox,
  name: string,
  content: Uint8Array,
): Promise<EventOf<'file'> | Outcome> {
  let hash: string | undefined
  try {
    hash = (await putFile(stored, name, content)).hash
    const card = await sandbox.upload(name, await stored.pathOf(hash), { mtime: undefined })
    if (card.kind === 'picture') {
      const { mime, width, height } = card
      return { type: 'file', cell: 0, name, mime, bytes: content.length, width, height, card, hash }
    }
    await giveUp(stored, sandbox, name, hash)
    return failed('images_answer', `The endpoint's picture cannot be read: ${card.problem ?? card.mime}`)
  } catch (error) {
    if (hash !== undefined) await giveUp(stored, sandbox, name, hash).catch(() => undefined)
    const isLimit = error instanceof StoreError && error.code.startsWith('EASEL_LIMIT')
    if (isLimit || error instanceof FileRefused) return failed(error.code, error.message)
    const reason = temporaryFolderProblem(error)
    if (reason === error || !(reason instanceof Error)) throw error
    return failed('images_not_kept', reason.message)
  }
}

async function giveUp(stored: StoredSession, sandbox: Sandbox, name: string, hash: string): Promise<void> {
  await sandbox.removeFile(name)
  await stored.discard(hash)
}
