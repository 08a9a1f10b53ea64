// One session that is in use: its journal on the disk, and a sandbox and a checker that start when they are needed and
// end when it rests. All doors work on this.
import type { Limits } from '../../sandbox/limits.ts'
import { derivedFrom, lastMark } from '../../sessions/journal/derived.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { OpenSession } from '../../sessions/store.ts'
import { runCell } from '../cell.ts'
import type { Journal } from '../journal.ts'
import type { PlannedCell, Planner } from '../planner/planner.ts'
import { runTurn, type TurnRequest } from '../turn.ts'
import { createImageGeneration } from './pictures/image-generation.ts'
import { createImageInput } from './pictures/image-input.ts'
import { createQueue, type Queue } from './queue.ts'
import { createFetching } from './fetched-files.ts'
import { createSessionFiles, type SessionFiles } from './session-files.ts'
import { createLazyRuntime, type LazyRuntime, type RuntimeDeps, type SessionOptions } from './lazy-runtime.ts'
import { createRecorder } from './recorder.ts'
import { undoAnswer, undoRequest } from './undo.ts'

type Kept = Pick<OpenSession, 'id' | 'events' | 'info' | 'currentFiles' | 'versions' | 'touch' | 'setDurations'>

export interface Session extends Kept {
  readonly limits: Limits
  /** A turn or a cell is running. */
  readonly busy: boolean
  /** Something is under way: a turn, a cell, an upload, an undo. */
  readonly atWork: boolean
  /** Starts the sandbox before it is needed. */
  wake(): void
  /** Brings a file in; it is on the disk when this resolves. Throws FileRefused or StoreError. */
  upload(name: string, path: string): Promise<EventOf<'upload'>>
  /** Fetches a file by its https address and brings it in. Throws FetchError as well. */
  fetch(url: string, signal: AbortSignal): Promise<EventOf<'upload'>>
  /** One turn; files whose addresses stand in its text are fetched. Each event is kept before it is given. Throws SessionBusy. */
  turn(planner: Planner, request: TurnRequest, signal: AbortSignal): AsyncGenerator<Event>
  /** One cell without a planner. Throws SessionBusy. */
  run(cell: PlannedCell, signal: AbortSignal): AsyncGenerator<Event, EventOf<'result'>>
  /** Brings the previous version of a file back, without a name all that the last request changed; none if there is none. */
  undo(name?: string): Promise<readonly EventOf<'undo'>[]>
  /** Takes a file away, which undo can bring back; undefined if there is none of this name. */
  remove(name: string): Promise<EventOf<'removed'> | undefined>
  /** Keeps an event of a door's own. */
  append(event: Event): Promise<void>
  /** Where the bytes of a file as it is now can be read. */
  pathOf(name: string): Promise<string | undefined>
  /** Where bytes of any version can be read. */
  pathOfHash(hash: string): Promise<string>
  /** Ends the sandbox when nothing is at work in it; the next use starts another, in which nothing lives. */
  renew(): Promise<void>
  /** Ends the sandbox, and what is at work in it, and lets others have the session. */
  close(): Promise<void>
}

/** Two things were asked of one session at once. */
class SessionBusy extends Error {
  readonly code = 'EASEL_BUSY'
  constructor() {
    super('This session is at work; wait for the end of the turn, or stop it.')
  }
}

/** The session of a journal that this process holds. */
export function openSession(options: SessionOptions): Session {
  const { stored, limits, spending } = options
  const processes = createLazyRuntime(options)
  const files = createSessionFiles(stored, processes)
  // What touches the child comes one after another.
  const inTurn = createQueue()
  const web = createFetching({ ...options, fetch: options.fetch, files, inTurn })
  const journal = createRecorder(stored, async () => (await processes.get()).sandbox)
  const nextCell = numbering(stored.events)
  const imageInput = createImageInput(stored, () => processes.get())
  const imageGeneration = createImageGeneration(stored, () => processes.get())
  let busy = false

  async function* working<T>(work: (at: LazyRuntime) => AsyncGenerator<Event, T>): AsyncGenerator<Event, T> {
    if (busy) throw new SessionBusy()
    busy = true
    const leave = await inTurn.enter()
    try {
      if (wasCut(stored.events)) await stored.append(CUT)
      return yield* work(await processes.get())
    } finally {
      busy = false
      leave()
    }
  }
  const seedOf = (cell: number): number | undefined => seedsOf(stored.events).get(cell)
  const cellDeps = (at: LazyRuntime) => ({ ...at, limits, nextCell, seedOf })

  return {
    ...view(stored),
    limits,
    get events() {
      return stored.events
    },
    get busy() {
      return busy
    },
    get atWork() {
      return inTurn.busy
    },
    wake: () => void processes.get().catch(() => undefined),
    turn(planner, request, signal) {
      return working(async function* (at) {
        const undone = undoRequest(request.text, stored)
        if (undone !== undefined) return yield* undoTurn(journal, files, request, undone)
        const whole = yield* web.complete(request, journal, signal)
        yield* runTurn({ ...cellDeps(at), planner, journal, imageInput, imageGeneration, spending }, whole, signal)
      })
    },
    run: (cell, signal) => working((at) => recorded(journal, runCell(cellDeps(at), cell, signal))),
    upload: (name, path) => inTurn.run(() => files.upload(name, path)),
    fetch: (url, signal) => web.fetch(url, signal),
    undo: (name) => inTurn.run(() => files.undo(name)),
    remove: (name) => inTurn.run(() => files.remove(name)),
    pathOf: (name) => files.pathOf(name),
    renew: () => inTurn.run(() => processes.renew()),
    close() {
      web.close()
      return release(stored, processes, inTurn)
    },
  }
}

/** Ends the sandbox, and lets go of the session when nothing is under way in it. */
async function release(stored: OpenSession, processes: RuntimeDeps, inTurn: Queue): Promise<void> {
  try {
    await processes.close()
  } finally {
    await inTurn.idle()
    await stored.release()
  }
}

/** A turn that takes `name` one version back, or all that the last request changed: no planner is asked. */
async function* undoTurn(
  journal: Journal,
  files: SessionFiles,
  { text, files: about }: TurnRequest,
  name: string,
): AsyncGenerator<Event, void> {
  yield await journal.record({ type: 'ask', text, files: [...about] })
  const events = await files.undo(name || undefined)
  yield* events
  for (const told of undoAnswer(text, events)) yield await journal.record(told)
}

async function* recorded<T>(journal: Journal, events: AsyncGenerator<Event, T>): AsyncGenerator<Event, T> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
    yield await journal.record(value)
  }
}

function view(stored: OpenSession) {
  return {
    id: stored.id,
    info: () => stored.info(),
    currentFiles: () => stored.currentFiles(),
    versions: (name: string) => stored.versions(name),
    touch: () => stored.touch(),
    setDurations: (durations: Parameters<OpenSession['setDurations']>[0]) => stored.setDurations(durations),
    append: (event: Event) => stored.append(event),
    pathOfHash: (hash: string) => stored.pathOf(hash),
  }
}

/** Numbers cells from 1 through the whole journal. */
function numbering(events: readonly Event[]): () => number {
  let cells = 0
  for (const cell of seedsOf(events).keys()) cells = Math.max(cells, cell)
  return () => ++cells
}

const CUT: EventOf<'end'> = {
  type: 'end',
  status: 'cancelled',
  code: 'EASEL_INTERRUPTED',
  message: 'The program ended in the middle of this turn.',
}

/** By cell, of its first run. */
const seedsOf = derivedFrom(
  () => new Map<number, number>(),
  (seeds, { event }) => {
    if (event.type === 'cell' && !seeds.has(event.cell)) seeds.set(event.cell, event.seed)
  },
)

/** A program was killed in the middle of a turn of this journal. */
function wasCut(events: readonly Event[]): boolean {
  return lastMark(events, ({ type }) => type === 'ask' || type === 'end')?.event.type === 'ask'
}
