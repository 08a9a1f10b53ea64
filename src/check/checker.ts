// The room's door: type-checks a cell before it runs. The checker is a wall: its own process, a deadline, a memory cap
// and a restart, after which the accepted cells are shown to it again.
import type { Diagnostic } from '../../sessions/event.ts'
import { findCompiler, TYPES_FOLDER } from './executable.ts'
import { startLanguageServer, type LanguageServer, type RawDiagnostic } from './language-server.ts'
import { createNotebook } from './notebook.ts'
import { examine } from './examination.ts'
import { wordDiagnostics } from './wording.ts'
import { WARM_UP } from './warm-up.ts'
import { watch, type Watched } from './watch.ts'

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export interface Checker {
  /** Checks one cell; cells are checked one after another. Rejects with the signal's reason when it aborts. */
  check(code: string, signal?: AbortSignal): Promise<Verdict>
  /** A cell ran and left these values behind: later cells see them, and its types, until declared again. */
  accept(code: string, names: readonly string[]): void
  /** The sandbox was emptied: no name is left. */
  forget(): void
  /** Ends the process; later checks reject. */
  close(): void
}

export interface CheckerOptions {
  /** Milliseconds for one check; default 5,000. */
  readonly timeoutMs?: number
  /** Resident memory of the checking process, polled on Linux; default 1 GiB. */
  readonly rssBytes?: number
  /** The native compiler; default TypeScript's own for this platform. */
  readonly compiler?: string
}

/** Time for the process to start and load the modules' types. */
const START_MS = 20_000

/** A checker whose process starts at once and loads every module's types; the first check waits for that. */
export function createChecker(options: CheckerOptions = {}): Checker {
  const timeoutMs = options.timeoutMs ?? 5_000
  const rssBytes = options.rssBytes ?? 1_073_741_824
  const compiler = options.compiler ?? findCompiler()
  const notebook = createNotebook()
  let current: WarmServer | undefined = launch()
  let queue: Promise<unknown> = Promise.resolve()
  let closed = false

  function launch(): WarmServer {
    const server = startLanguageServer(compiler, TYPES_FOLDER)
    const warm = server.diagnose(WARM_UP)
    warm.catch(() => {})
    server.show(notebook.documents())
    return { server, warm }
  }
  function restart(): void {
    current?.server.kill()
    current = closed ? undefined : launch()
  }
  async function attempt(code: string, signal?: AbortSignal): Promise<Watched<RawDiagnostic[]>> {
    const { server, warm } = (current ??= launch())
    server.hold(true)
    try {
      const start = await watch(warm, { pid: server.pid, timeoutMs: START_MS, rssBytes, signal })
      if (start.type !== 'done') return start.type === 'timeout' ? { type: 'crashed' } : start
      return await watch(server.diagnose(code), { pid: server.pid, timeoutMs, rssBytes, signal })
    } finally {
      server.hold(false)
    }
  }
  async function verdict(code: string, signal?: AbortSignal): Promise<Verdict> {
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      if (closed) throw new Error('the checker is closed')
      const outcome = await attempt(code, signal)
      if (outcome.type === 'done') return judged(wordDiagnostics(outcome.value))
      restart()
      if (outcome.type === 'cancelled') throw signal?.reason
      if (outcome.type === 'timeout') return refused('EASEL_CHECK_TIMEOUT', tooLong(timeoutMs))
      if (outcome.type === 'memory') return refused('EASEL_CHECK_MEMORY', tooMuch(outcome.bytes, rssBytes))
      if (tries === 2) return refused('EASEL_CHECK_CRASHED', CRASHED)
    }
  }

  return {
    check(code, signal) {
      const early = examine(code)
      if (early.length > 0) return Promise.resolve({ ok: false, diagnostics: early })
      const mine = queue.then(() => verdict(code, signal))
      queue = mine.catch(() => {})
      return mine
    },
    accept(code, names) {
      notebook.accept(code, names)
      current?.server.show(notebook.documents())
    },
    forget() {
      notebook.forget()
      current?.server.show(notebook.documents())
    },
    close() {
      closed = true
      current?.server.kill()
      current = undefined
    },
  }
}

interface WarmServer {
  readonly server: LanguageServer
  readonly warm: Promise<unknown>
}

function judged(diagnostics: readonly Diagnostic[]): Verdict {
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true }
}

function refused(code: string, message: string): Verdict {
  return { ok: false, diagnostics: [{ line: 1, column: 1, code, message }] }
}

function tooLong(limit: number): string {
  return `The type check took longer than ${limit / 1000} s: the types in this snippet are too complicated. Use simpler types, or any.`
}

function tooMuch(bytes: number, limit: number): string {
  const mb = (n: number): number => Math.round(n / 1_048_576)
  return `The type check used ${mb(bytes)} MB, more than its ${mb(limit)} MB: the types in this snippet are too complicated. Use simpler types, or any.`
}

const CRASHED = 'The type checker stopped twice on this snippet, so it was not run. Write it with simpler types.'
