// The child's service: requests in on stdin, reports out on fd 3, exactly one `end` for each run. It holds no secrets
// and ends only by SIGKILL: when its parent exits, a frame is malformed or anything unexpected throws.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import * as z from 'zod/mini'
import { openBridge } from './bridge.ts'
import { runCell, type CellRun } from './cell/run.ts'
import { systemCallsAreFiltered } from './confinement/confine.ts'
import { toSingleLine } from '../untrusted-text.ts'
import { createFrameReader, encodeFrame } from '../frames.ts'
import { readGuest, readLazyBundle } from './guest-files.ts'
import { createHelpers } from '../helper-process/client.ts'
import { openIsolate, type Isolate } from './isolate.ts'
import { LAZY_BUNDLES } from '../lazy-bundles.ts'
import { defaultLimits, MAX_NOTES, type Limits } from '../limits.ts'
import { describeStored } from '../native/facts/file-info.ts'
import { writeBlob, openDisk, type Disk } from '../native/files/disk.ts'
import { fileOperations } from '../native/files/operations.ts'
import { showPicture, type ImageInputDeps } from '../native/image-input/shown-picture.ts'
import { createDuplicateFinder, isEdit, type DuplicateFinder } from '../native/facts/same-picture.ts'
import type { OperationResult } from '../native/operation.ts'
import { operationTable } from '../native/operations.ts'
import { sqlOperations } from '../native/sql/operations.ts'
import { createTableReader, type TableReader } from '../native/tables/table-reader.ts'
import { createOutput, type Output } from './output.ts'
import { productFolder } from '../product.ts'
import { request, type Report, type Request } from '../protocol.ts'
import { createWarmUp, loadAddons } from './warm-up.ts'

interface Session {
  readonly disk: Disk
  /** Unset where no cell may run. */
  readonly isolate: Isolate | undefined
  readonly output: Output
  readonly shown: ImageInputDeps
  readonly same: DuplicateFinder
  readonly tables: TableReader
  readonly underWay: () => number
  readonly memoryBytes: number
}

let session: Session | undefined
let run: CellRun | undefined
let runningCell = 0
/** Notes of the running cell. */
const notes = new Set<string>()
/** Callbacks to run when the cell has ended. */
let endTasks: (() => void)[] = []
let clock = 0

const NO_HELPER_LEFT = 'Its helper processes ended too often.'

function send(report: Report): void {
  try {
    const frame = encodeFrame(report)
    for (let at = 0; at < frame.length;) at += writeSync(3, frame, at)
  } catch {
    return die()
  }
}

function die(reason?: unknown): never {
  if (reason !== undefined) writeSync(2, `${reason instanceof Error ? reason.stack : inspect(reason)}\n`)
  process.kill(process.pid, 'SIGKILL')
  throw new Error('killed')
}

/** Reports a note of the running cell, once. */
function note(whole: string): void {
  // The text may quote a file: it must not break the line, colour a terminal or change the text direction.
  const text = toSingleLine(whole.slice(0, 400))
  if (notes.size < MAX_NOTES && !notes.has(text)) send({ type: 'note', cell: runningCell, text })
  notes.add(text)
}

function openSession({ limits: given, cells, links }: Extract<Request, { type: 'start' }>): Session {
  const scratch = process.cwd()
  const limits: Limits = { ...defaultLimits(), ...given }
  const output = createOutput(limits.outputBytes, send)
  const disk = openDisk({ scratch, links }, limits, () => clock)
  let lastProgress = 0
  const progress = (done: number, total: number, label: string): void => {
    const now = performance.now()
    if (now - lastProgress < (done < total ? 100 : 10)) return
    lastProgress = now
    output.flush()
    send({ type: 'progress', cell: runningCell, done, total, label: label.slice(0, 200) })
  }
  const atEnd = (task: () => void): void => void endTasks.push(task)
  const printed = z.object({ stream: z.enum(['stdout', 'stderr', 'value']), text: z.string() })
  const helper = createHelpers({
    start: (name) => send({ type: 'helper', name }),
    exhausted: () => die(NO_HELPER_LEFT),
  })
  const operations = {
    ...operationTable(),
    ...fileOperations(disk),
    ...sqlOperations(disk, helper),
    'console.print': (args: unknown) => {
      const { stream, text } = printed.parse(args)
      return [output.print(stream, text), []] as const
    },
    'bundle.load': (args: unknown) => loadBundle(isolate, args, limits),
    'cell.note': (args: unknown) => {
      note(z.string().parse(args))
      return [null, []] as const
    },
  }
  const bridge = openBridge(operations, { limits, files: disk, progress, note, atEnd }, limits.concurrency, {
    onSettled: (id, json, bytes) => run?.settled({ id, json, bytes }),
    onLimit: (code) => run?.limited(code),
  })
  const dist = join(productFolder(), 'dist')
  const code = () => ({ guest: readGuest(dist), lazy: (bundle: string) => readLazyBundle(dist, bundle) })
  const isolate = cells ? openIsolate(code(), bridge, limits.memoryBytes, limits.concurrency) : undefined
  const shown: ImageInputDeps = {
    limits,
    read: (name) => disk.read(name),
    writeBlob: (bytes) => writeBlob(scratch, bytes),
  }
  return {
    disk,
    isolate,
    output,
    shown,
    same: createDuplicateFinder((name) => disk.read(name)),
    tables: createTableReader(disk),
    underWay: () => bridge.underWay,
    memoryBytes: limits.memoryBytes,
  }
}

const bundleName = z.enum(Object.keys(LAZY_BUNDLES))

/** Brings in a lazy bundle for `import()`. The time counts as the cell's, whose own limits end what takes too long. */
async function loadBundle(isolate: Isolate | undefined, args: unknown, limits: Limits): Promise<OperationResult> {
  const stop = await isolate?.load([bundleName.parse(args)], limits.timeoutMs)
  if (stop) throw new Error('The package could not be loaded.')
  return [null, []]
}

async function handleRun(at: Session, asked: Extract<Request, { type: 'run' }>): Promise<void> {
  if (!at.isolate) die()
  loadAddons()
  runningCell = asked.cell
  notes.clear()
  clock = asked.clock
  at.output.start(asked.cell)
  run = runCell(at.isolate, asked, at)
  const outcome = await run.outcome
  run = undefined
  for (const task of endTasks) task()
  endTasks = []
  at.output.flush()
  const { changed, removed } = at.disk.takeChanges()
  for (const name of removed) send({ type: 'removed', cell: asked.cell, name })
  for (const name of changed) {
    const entry = at.disk.files.get(name)
    if (!entry) continue
    const card = await describeStored(name, at.disk.open(name), at.shown.limits, false)
    at.same.remember(entry.blob, card)
    const same = isEdit(asked.code) ? await at.same.find(entry.blob, at.disk.files, new Set(changed)) : undefined
    if (same !== undefined) note(`${JSON.stringify(name)} has exactly the pixels of ${JSON.stringify(same)}.`)
    send({ type: 'file', cell: asked.cell, name, blob: entry.blob, bytes: entry.bytes, card })
  }
  send({
    type: 'end',
    cell: asked.cell,
    ...outcome,
    message: outcome.message?.slice(0, 4000),
    names: outcome.names.slice(0, 5000).map((name) => name.slice(0, 200)),
  })
}

async function handle(asked: Request): Promise<void> {
  if (asked.type === 'start') {
    session ??= openSession(asked)
    send({ type: 'ready', ms: Math.round(performance.now()), isFiltered: systemCallsAreFiltered() })
    return
  }
  if (!session) die()
  if (asked.type === 'mount') {
    const { name, blob, isLinked, bytes, mtime } = asked
    session.disk.mount(name, { blob, isLinked, bytes, mtime })
  } else if (asked.type === 'remove') session.disk.unmount(asked.name)
  else if (asked.type === 'describe') {
    const card = await describeStored(asked.name, session.disk.open(asked.name), session.shown.limits, true)
    const entry = session.disk.files.get(asked.name)
    if (entry) session.same.remember(entry.blob, card)
    send({ type: 'card', id: asked.id, card })
  } else if (asked.type === 'picture') {
    send({ type: 'picture', id: asked.id, ...(await showPicture(asked.job, session.shown)) })
  } else if (asked.type === 'table') {
    send({ type: 'table', id: asked.id, ...(await session.tables.read(asked.name, asked.query)) })
  } else await handleRun(session, asked)
}

/** Handles requests one after another; idle time is used to warm up. */
let turn: Promise<void> = Promise.resolve()
const warmUp = createWarmUp()
const reader = createFrameReader((frame) => {
  const asked = request.parse(frame)
  warmUp.stop()
  turn = turn.then(() => handle(asked)).catch(die)
  void turn.then(() => {
    if (session?.isolate) warmUp.go()
  })
})

process.on('uncaughtException', die)
process.on('unhandledRejection', die)
process.stdin.on('data', reader)
process.stdin.on('end', () => die())
process.stdin.on('error', () => die())
