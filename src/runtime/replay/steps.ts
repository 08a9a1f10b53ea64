// Runs the steps of a replay in order: restores the files from before each cell, and checks what it made.
import type { Limits } from '../../../sandbox/limits.ts'
import { nonPrintEvents } from '../../../sessions/journal/derived.ts'
import type { Event } from '../../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../../sessions/journal/file-history.ts'
import type { ReplayPlan, ReplayStep } from '../../../sessions/replay/plan.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { LiveCells } from './live-cells.ts'
import type { OkCell } from './past-cells.ts'
import type { SandboxFiles } from './files.ts'
import { foldersOf, makeFoldersCode } from './folders.ts'
import { differentFile, failedImport, missingVersion, unmadeFile, type Failure } from './messages.ts'
import { runPastCell, runLine, type PastRun } from './replay-cell.ts'

export interface StepDeps {
  readonly events: readonly Event[]
  readonly sandbox: Pick<Sandbox, 'run' | 'file'>
  readonly limits: Limits
  readonly files: SandboxFiles
  readonly living: LiveCells
  /** Collects a sentence for everything that could not be restored exactly. */
  readonly missing: string[]
}

export type StepsEnd =
  | { readonly type: 'done' }
  /** The cell did not end ok, and no step after it ran; `lost`: the results of the earlier steps are gone too. */
  | { readonly type: 'failed'; readonly cell: number; readonly failure: Failure; readonly lost: boolean }

const DONE = { type: 'done' } as const

/** Runs the steps and yields after each how many are done. Rejects with the signal's reason when it aborts. */
export async function* runSteps(
  deps: StepDeps,
  { steps, keep }: ReplayPlan,
  cells: readonly OkCell[],
  signal: AbortSignal,
): AsyncGenerator<number, StepsEnd> {
  const { sandbox, living } = deps
  const byNumber = new Map(cells.map((past) => [past.cell, past]))
  const filesAt = createTimeline(deps.events)
  const before = new Map(keep.map((name) => [name, living.bound.get(name)]))
  let end: StepsEnd = DONE
  if (keep.length > 0) end = toStepsEnd(0, await runLine(sandbox, saveVariablesCode(keep), signal))
  for (const [i, step] of steps.entries()) {
    if (end.type === 'failed') break
    const past = byNumber.get(step.cell)
    if (past) end = await (step.imports ? repeatImports(deps, step, signal) : replayCell(deps, past, filesAt, signal))
    yield i + 1
  }
  if (keep.length > 0 && !(end.type === 'failed' && end.lost)) {
    const put = toStepsEnd(0, await runLine(sandbox, RESTORE_VARIABLES, signal))
    for (const [name, cell] of before) if (cell !== undefined) living.bind(name, cell)
    if (put.type === 'failed') end = put
  }
  return end
}

const saveVariablesCode = (names: readonly string[]): string => {
  const pairs = names
    .map((name) => JSON.stringify(name))
    .map((name) => `[${name}, Object.getOwnPropertyDescriptor(globalThis, ${name})]`)
  return `globalThis.$easelKept = [${pairs.join(', ')}]\nvoid 0`
}
const RESTORE_VARIABLES =
  'for (const [name, to] of globalThis.$easelKept) if (to) Object.defineProperty(globalThis, name, to)\ndelete globalThis.$easelKept\nvoid 0'

function toStepsEnd(cell: number, result: PastRun): StepsEnd {
  return result.ok ? DONE : { type: 'failed', cell, failure: result.failure, lost: result.lost }
}

/** Repeats imports of a cell that is not run again. A failure is reported; cells that need the import fail anyway. */
async function repeatImports(
  { sandbox, living, missing }: StepDeps,
  { cell, imports = [] }: ReplayStep,
  signal: AbortSignal,
): Promise<StepsEnd> {
  const code = `${imports.map(({ text }) => text).join('\n')}\nvoid 0`
  const result = await runLine(sandbox, code, signal)
  for (const { name } of imports) living.bind(name, cell)
  if (result.ok) return DONE
  missing.push(
    failedImport(
      cell,
      imports.map(({ name }) => name),
      result.failure,
    ),
  )
  return result.lost ? toStepsEnd(cell, result) : DONE
}

async function replayCell(
  deps: StepDeps,
  past: OkCell,
  filesAt: (at: number) => readonly FileVersion[],
  signal: AbortSignal,
): Promise<StepsEnd> {
  const { sandbox, files, living, missing, limits } = deps
  const { cell, code, seed, clock, ms } = past
  for (const lost of await files.restoreVersions(filesAt(past.at))) {
    if (mentions(past, lost.name)) missing.push(missingVersion(cell, lost))
  }
  const folders = foldersOf(past.code, past.made.keys())
  if (folders.length > 0) {
    const made = await runLine(sandbox, makeFoldersCode(folders), signal)
    if (!made.ok) return toStepsEnd(cell, made)
  }
  // It may have run under larger limits than the current ones.
  const time = { timeoutMs: Math.max(limits.timeoutMs, ms * 3), wallMs: Math.max(limits.wallMs, ms * 3) }
  const result = await runPastCell(sandbox, { cell, code, seed, clock, ...time }, signal, (name) =>
    files.made(name, undefined),
  )
  if (!result.ok) return toStepsEnd(cell, result)
  for (const [name, hash] of past.made) {
    const now = result.made.get(name)
    if (now === undefined) missing.push(unmadeFile(cell, name))
    else if (hash !== undefined && hash !== now) missing.push(differentFile(cell, name))
  }
  for (const [name, hash] of result.made) {
    const isOld = past.made.has(name) && past.made.get(name) === undefined
    files.made(name, isOld ? `cell ${cell}` : hash)
  }
  living.ran(cell)
  living.bindPending([past])
  return DONE
}

/** Whether the cell names the file, or lists folders. */
function mentions({ code, mentions: { literals } }: OkCell, name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return /readdir|opendir|glob/.test(code) || literals.flat().some((text) => text.includes(base))
}

/** Returns the files just before an event; calls in ascending order read the journal only once. */
function createTimeline(events: readonly Event[]): (at: number) => readonly FileVersion[] {
  let history = createFileHistory()
  let seen = 0
  let before = 0
  return (at) => {
    if (at < before) {
      history = createFileHistory()
      seen = 0
    }
    before = at
    const marks = nonPrintEvents(events)
    for (; seen < marks.length && marks[seen]!.seq < at; seen++) history.take(marks[seen]!.event)
    return history.currentFiles()
  }
}
