// Type-checks a cell before it runs. The checker is a separate process with a deadline, a memory limit and restarts; a
// new process is shown the accepted cells again.
import { createQueue } from '../../sandbox/queue.ts'
import type { Diagnostic } from '../../sessions/event.ts'
import { preflight } from './preflight.ts'
import { findCompiler, TYPES_FOLDER } from './type-checker/executable.ts'
import { startLanguageServer, type LanguageServer } from './type-checker/language-server.ts'
import { chartTypeImports } from './type-checker/chart-types.ts'
import { createVirtualDocuments } from './type-checker/virtual-documents.ts'
import { superviseServer } from './type-checker/server-supervisor.ts'
import { NOT_PYTHON, pythonLine } from './diagnostics/other-languages.ts'
import { isSyntax, classifyDiagnostics, type ClassifiedDiagnostics } from './diagnostics/severity.ts'
import { formatDiagnostics } from './diagnostics/messages.ts'

export type Verdict =
  | {
      readonly ok: true
      /** Compiler errors that do not block the cell; they may explain a failure at run time. */
      readonly hints?: readonly Diagnostic[]
      /** Sentences on options that will be ignored. */
      readonly notes?: readonly string[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export interface Checker {
  /** Checks one cell at a time, in call order. Rejects with the signal's reason when it aborts. */
  check(code: string, signal?: AbortSignal): Promise<Verdict>
  /** A cell ran and left these values: later cells see them, and the cell's types, until they are declared again. */
  accept(code: string, names: readonly string[]): void
  /** Removes these names, or all of them, from what later cells see. */
  forget(names?: readonly string[]): void
  /** Ends the process; later checks reject. */
  close(): void
}

export interface CheckerOptions {
  /** Milliseconds of processor time for one check; default 5,000. */
  readonly timeoutMs?: number
  /** Wall-clock milliseconds for one check; default five times `timeoutMs`. */
  readonly wallMs?: number
  /** Resident memory of the checking process, polled on Linux; default 1 GiB. */
  readonly rssBytes?: number
  /** The native compiler; default TypeScript's own for this platform. */
  readonly compiler?: string
  /** How the checking process is started; default: the compiler as a language server. */
  readonly start?: () => LanguageServer
}

/** Creates a checker whose process starts at once and loads every module's types; the first check waits for that. */
export function createChecker(options: CheckerOptions = {}): Checker {
  const timeoutMs = options.timeoutMs ?? 5_000
  const rssBytes = options.rssBytes ?? 1_073_741_824
  const virtualDocuments = createVirtualDocuments()
  const start = options.start ?? starter(options.compiler ?? findCompiler())
  const { documents } = virtualDocuments
  const supervisor = superviseServer({ start, timeoutMs, wallMs: options.wallMs, rssBytes, documents })
  const queue = createQueue()
  let closed = false
  let showing = false

  /** Batches the updates of a whole journal; checks still see them, as each waits for its turn. */
  function showSoon(): void {
    if (showing) return
    showing = true
    queueMicrotask(() => {
      showing = false
      supervisor.show()
    })
  }
  async function verdict(code: string, signal?: AbortSignal): Promise<Verdict> {
    if (virtualDocuments.noteMentions(code)) supervisor.show()
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      if (closed) throw new Error('the checker is closed')
      const outcome = await supervisor.ask(async (server) => {
        const lines = [virtualDocuments.overrides(code), chartTypeImports(code)]
          .filter((text) => text !== '')
          .join('\n')
        const raw = await server.diagnose(lines === '' ? code : `${code}\n${lines}`)
        const end = code.split('\n').length
        const own = lines === '' ? raw : raw.filter(({ range }) => range.start.line < end)
        return classifyDiagnostics(code, own, server, virtualDocuments.has)
      }, signal)
      if (outcome.type === 'done') return verdictOf(code, outcome.value)
      if (outcome.type === 'timeout') return refused('EASEL_CHECK_TIMEOUT', timeoutMessage(timeoutMs))
      if (outcome.type === 'memory') return refused('EASEL_CHECK_MEMORY', memoryMessage(outcome.bytes, rssBytes))
      if (tries < 2) continue
      if (outcome.type === 'crashed') return refused('EASEL_CHECK_CRASHED', CRASHED)
      if (outcome.type === 'busy') return refused('EASEL_CHECK_BUSY', BUSY)
    }
  }

  return {
    check(code, signal) {
      const early = preflight(code)
      if (early.length > 0) return Promise.resolve({ ok: false, diagnostics: pythonOf(code) ?? early })
      return queue.run(() => verdict(code, signal))
    },
    accept(code, names) {
      virtualDocuments.accept(code, names)
      showSoon()
    },
    forget(names) {
      virtualDocuments.forget(names)
      showSoon()
    },
    close() {
      closed = true
      supervisor.close()
    },
  }
}

function starter(compiler: string): () => LanguageServer {
  return () => startLanguageServer(compiler, TYPES_FOLDER)
}

function verdictOf(code: string, { blocking, hints, notes }: ClassifiedDiagnostics): Verdict {
  if (blocking.length > 0) {
    const python = blocking.some(isSyntax) ? pythonOf(code) : undefined
    return { ok: false, diagnostics: python ?? formatDiagnostics(blocking) }
  }
  return {
    ok: true,
    ...(hints.length > 0 && { hints: formatDiagnostics(hints) }),
    ...(notes.length > 0 && { notes }),
  }
}

/** The single diagnostic for a snippet that is Python. */
function pythonOf(code: string): Diagnostic[] | undefined {
  const line = pythonLine(code)
  return line < 0 ? undefined : [{ line: line + 1, column: 1, code: 'EASEL_LANGUAGE', message: NOT_PYTHON }]
}

function refused(code: string, message: string): Verdict {
  return { ok: false, diagnostics: [{ line: 1, column: 1, code, message }] }
}

function timeoutMessage(limit: number): string {
  return `The type check took more than ${limit / 1000} s of processor time: the types in this snippet are too complicated. Use simpler types, or any.`
}

function memoryMessage(bytes: number, limit: number): string {
  const mb = (n: number): number => Math.round(n / 1_048_576)
  return `The type check used ${mb(bytes)} MB, more than its ${mb(limit)} MB: the types in this snippet are too complicated. Use simpler types, or any.`
}

const BUSY =
  'The snippet could not be checked in time, as the machine is busy, so it was not run. Send it again as it is.'
const CRASHED = 'The type checker stopped twice on this snippet, so it was not run. Write it with simpler types.'
