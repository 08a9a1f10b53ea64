// The variables of a session's earlier cells, a cache of the journal. Those that a snippet can reach are restored by
// running cells again, only when needed.
import type { Limits } from '../../../sandbox/limits.ts'
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { Checker } from '../../check/checker.ts'
import { analyzeSnippet } from '../../snippet/analysis.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import { createLiveCells } from './live-cells.ts'
import { createPastCells } from './past-cells.ts'
import { createFailures } from './failures.ts'
import { createSandboxFiles } from './files.ts'
import { foldersFor, makeFoldersCode } from './folders.ts'
import { missingFile } from './messages.ts'
import { createReplayer } from './replayer.ts'
import { runLine } from './replay-cell.ts'

export interface Variables {
  /**
   * Restores what `code` can reach. Yields transient `progress` events and at most one `restored`: always after a
   * reset, otherwise when cells were run again. Rejects with the signal's reason when it aborts.
   */
  prepare(code: string, signal: AbortSignal): AsyncGenerator<Event>
  /** Sets the sandbox's files to the session's current ones. */
  files(): Promise<void>
  /** A cell ended ok in the sandbox, so its variables are live. */
  ran(cell: number): void
}

export interface VariableDeps {
  readonly stored: Pick<StoredSession, 'events' | 'pathOf' | 'currentFiles'>
  /** Must not have any file or variable of the session yet. */
  readonly sandbox: Sandbox
  readonly checker: Pick<Checker, 'accept' | 'forget'>
  readonly limits: Limits
}

/** Declares all names of the journal to the checker, before any of them is restored. */
export function createVariables({ stored, sandbox, checker, limits }: VariableDeps): Variables {
  const past = createPastCells(stored.events)
  const living = createLiveCells(sandbox)
  const files = createSandboxFiles(stored, sandbox)
  const replayer = createReplayer({ stored, sandbox, limits, past, living, files, failures: createFailures(checker) })
  const isEmpty = (): boolean => past.read().length === 0 && stored.currentFiles().length === 0
  for (const { code, names } of past.read()) checker.accept(code, names)
  let untold = !isEmpty()

  return {
    async *prepare(code, signal) {
      signal.throwIfAborted()
      const began = performance.now()
      const missing: string[] = []
      const references = analyzeSnippet(code)
      const cells = yield* replayer.run(references, missing, signal)
      const current = stored.currentFiles()
      const gone = await files.restoreVersions(current)
      const folders = foldersFor(references, replayer.catchUp(), living.cells)
      if (folders.length > 0) await runLine(sandbox, makeFoldersCode(folders), signal)
      if (replayer.wasReset()) untold ||= !isEmpty()
      if (untold) missing.push(...gone.map(missingFile))
      if (!untold && cells === 0 && missing.length === 0) return
      untold = false
      const ms = Math.round(performance.now() - began)
      yield { type: 'restored', cells, files: current.length - gone.length, ms, missing } satisfies EventOf<'restored'>
    },
    async files() {
      replayer.catchUp()
      await files.restoreVersions(stored.currentFiles())
    },
    ran(cell) {
      if (living.wasReplaced()) replayer.markUnknown()
      living.ran(cell)
    },
  }
}
