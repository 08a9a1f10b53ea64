// One open session: its journal on disk, and a sandbox and a checker that start when needed and end when it is idle.
// Used by both command line and server.
import type { Limits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { createCachedReducer, nonPrintEventsSince } from '../../sessions/journal/derived.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { runCell } from '../cell.ts'
import type { Journal } from '../journal.ts'
import type { PlannedCell, Planner } from '../planner/planner.ts'
import { endOfCell, runTurn, type TurnRequest } from '../turn.ts'
import { changedCell, type CellChange } from './cell-edit.ts'
import type { SessionJournal } from './event-stream.ts'
import { createFileFetcher } from './fetched-files.ts'
import { createLazyRuntime, type SessionRuntime, type RuntimeHandle, type SessionOptions } from './lazy-runtime.ts'
import { createImageGeneration } from './pictures/image-generation.ts'
import { createImageInput } from './pictures/image-input.ts'
import { createQueue, type Queue } from '../../sandbox/queue.ts'
import { createRecorder } from './recorder.ts'
import { endInterruptedTurn, replacedBy, resolveRequest, type SessionRequest } from './request.ts'
import { createSessionFiles, type SessionFiles, type Upload } from './session-files.ts'
import { createSessionWork, type Published } from './session-work.ts'
import { undoAnswer, undoRequest } from './undo.ts'

type StoredMembers = Pick<
  StoredSession,
  'id' | 'events' | 'info' | 'currentFiles' | 'versions' | 'touch' | 'setDurations'
>

export interface Session extends StoredMembers {
  readonly limits: Limits
  /** A turn or a cell is running. */
  readonly busy: boolean
  /** Work is in progress: a turn, a cell, an upload, an undo. */
  readonly atWork: boolean
  /** Starts the sandbox before it is needed. */
  wake(): void
  /** Calls `listener` with each new event; with those of the journal once they are on disk. Returns `unsubscribe`. */
  subscribe(listener: (published: Published) => void): () => void
  /** Adds a file; it is on disk when this resolves. Throws FileRefused or StoreError. */
  upload(upload: Upload): Promise<EventOf<'upload'>>
  /** Fetches a file by its https URL and adds it. Throws FetchError as well. */
  fetch(url: string, signal: AbortSignal): Promise<EventOf<'upload'>>
  /** One turn; fetches files whose URLs are in its text. Yields each event once it is stored. Throws SessionProblem. */
  turn(planner: Planner, request: SessionRequest, signal: AbortSignal): AsyncGenerator<Event>
  /** One cell without a planner; returns an `end` that is not journaled. Throws SessionProblem. */
  run(cell: PlannedCell, signal: AbortSignal): AsyncGenerator<Event, EventOf<'end'>>
  /** Runs a cell again, unchanged or changed. Throws SessionProblem. */
  rerun(cell: number, change: CellChange, signal: AbortSignal): AsyncGenerator<Event, EventOf<'end'>>
  /** Restores a file's previous version; without a name, all files the last request changed. Empty if there is none. */
  undo(name?: string): Promise<readonly EventOf<'undo'>[]>
  /** Removes a file, which undo can restore; undefined if there is no file of this name. */
  remove(name: string): Promise<EventOf<'removed'> | undefined>
  /** Journals an event of an interface's own. */
  append(event: Event): Promise<void>
  /** Path of the bytes of a current file. */
  pathOf(name: string): Promise<string | undefined>
  /** Path of the bytes of any version. */
  pathOfHash(hash: string): Promise<string>
  /** Ends the sandbox and the work in it, and releases the session for other programs. */
  close(): Promise<void>
}

/** Opens the session of a journal that this process has locked. */
export function createSession(options: SessionOptions): Session {
  const { stored, limits, spending } = options
  const runtime = createLazyRuntime(options)
  const files = createSessionFiles(stored, runtime, limits)
  // Everything that touches the child runs one after another.
  const inTurn = createQueue()
  const web = createFileFetcher({ ...options, fetch: options.fetch, files, inTurn })
  const recorder = createRecorder(stored, async () => (await runtime.get()).sandbox)
  const nextCell = createCellNumbering(stored.events)
  const imageInput = createImageInput(stored, () => runtime.get())
  const imageGeneration = createImageGeneration(stored, () => runtime.get())
  const seedOf = (cell: number): number | undefined => seedsOf(stored.events).get(cell)
  const work = createSessionWork(stored, recorder, inTurn)
  const cellDeps = (at: SessionRuntime, journal: Journal) => ({ ...at, limits, nextCell, seedOf, journal })
  const run: Session['run'] = (cell, caller) =>
    work.stream(caller, async (journal, signal) => {
      await endInterruptedTurn(stored)
      return endOfCell(await runCell(cellDeps(await runtime.get(), journal), cell, signal), signal)
    })

  return {
    ...view(stored),
    limits,
    get events() {
      return stored.events
    },
    get busy() {
      return work.busy
    },
    get atWork() {
      return inTurn.busy
    },
    wake: () => void runtime.get().catch(() => undefined),
    subscribe: (listener) => work.subscribe(listener),
    turn: (planner, given, caller) =>
      work.stream(caller, async (journal, signal) => {
        const asked = resolveRequest(stored, given)
        const replaced = replacedBy(stored.events, given.replaces)
        await endInterruptedTurn(stored)
        if (replaced) await undoReplaced(journal, runtime, replaced)
        const at = await runtime.get()
        const undone = undoRequest(asked.text, stored)
        if (undone !== undefined) return undoTurn(journal, files, asked, undone)
        const request = await web.addReferencedFiles(asked, journal, signal)
        return runTurn({ ...cellDeps(at, journal), planner, imageInput, imageGeneration, spending }, request, signal)
      }),
    run,
    async *rerun(cell, change, signal) {
      return yield* run(changedCell(stored.events, cell, change), signal)
    },
    upload: (upload) => inTurn.run(() => files.upload(upload)),
    fetch: (url, signal) => web.fetch(url, signal),
    undo: (name) => inTurn.run(() => files.undo(name)),
    remove: (name) => inTurn.run(() => files.remove(name)),
    pathOf: (name) => files.pathOf(name),
    close() {
      web.close()
      return release(stored, runtime, inTurn)
    },
  }
}

/** Ends the sandbox, and releases the session when no work is in progress in it. */
async function release(stored: StoredSession, runtime: RuntimeHandle, inTurn: Queue): Promise<void> {
  try {
    await runtime.close()
  } finally {
    await inTurn.idle()
    await stored.release()
  }
}

/** Undoes a request, including what its cells left in memory. */
async function undoReplaced(journal: Journal, runtime: RuntimeHandle, replaced: EventOf<'replaced'>): Promise<void> {
  const ran = nonPrintEventsSince(journal.events, replaced.seq).some(({ event }) => event.type === 'cell')
  await journal.record(replaced)
  if (ran || replaced.files.length > 0) await runtime.renew()
}

/** A turn without a planner that reverts `name` by one version, or all files that the last request changed. */
async function undoTurn(
  journal: SessionJournal,
  files: SessionFiles,
  { text, files: about }: TurnRequest,
  name: string,
): Promise<void> {
  await journal.record({ type: 'ask', text, files: [...about] })
  const events = await files.undo(name || undefined)
  for (const event of events) await journal.show(event)
  for (const event of undoAnswer(text, events)) await journal.record(event)
}

function view(stored: StoredSession) {
  return {
    id: stored.id,
    info: () => stored.info(),
    currentFiles: () => stored.currentFiles(),
    versions: (name: string) => stored.versions(name),
    touch: () => stored.touch(),
    setDurations: (durations: Parameters<StoredSession['setDurations']>[0]) => stored.setDurations(durations),
    append: (event: Event) => stored.append(event),
    pathOfHash: (hash: string) => stored.pathOf(hash),
  }
}

/** Numbers cells consecutively from 1 across the whole journal. */
function createCellNumbering(events: readonly Event[]): () => number {
  let cells = 0
  for (const cell of seedsOf(events).keys()) cells = Math.max(cells, cell)
  return () => ++cells
}

/** The seed of each cell's first run. */
const seedsOf = createCachedReducer(
  () => new Map<number, number>(),
  (seeds, { event }) => {
    if (event.type === 'cell' && !seeds.has(event.cell)) seeds.set(event.cell, event.seed)
  },
)
