// Keeps one language server running and warm: starts it ahead of need, watches each question to it, and puts a fresh one
// in its place when it hangs, swells or dies.
import { WALL_FACTOR } from '../../../sandbox/limits.ts'
import type { LanguageServer } from './language-server.ts'
import type { Documents } from './virtual-documents.ts'
import { WARM_UP } from './warm-up.ts'
import { watch, type Watched } from './check-limits.ts'

interface ServerSupervisor {
  /** Asks a server that is warm. After any outcome but `done` a fresh server is starting. */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<Watched<T>>
  /** The accepted cells changed. */
  show(): void
  close(): void
}

type Question<T> = (server: LanguageServer) => Promise<T>

interface Keeping {
  readonly start: () => LanguageServer
  /** Of processor time. */
  readonly timeoutMs: number
  /** On the clock; default five times that. */
  readonly wallMs?: number | undefined
  readonly rssBytes: number
  /** What every server must be shown, read anew at each start. */
  readonly documents: () => Documents
}

/** To start and load the modules' types, or to open many documents. */
const START = { cpuMs: 20_000, wallMs: 60_000 }
/** Documents that are opened at once without being counted as a start, at some 20 ms each. */
const MANY = 20

interface WarmServer {
  readonly server: LanguageServer
  readonly warm: Promise<unknown>
}

/** Starts the first server at once. */
export function superviseServer(keeping: Keeping): ServerSupervisor {
  const { start, timeoutMs, wallMs = timeoutMs * WALL_FACTOR, rssBytes, documents } = keeping
  let current: WarmServer | undefined = launch()

  function launch(): WarmServer {
    const server = start()
    const warm = server.diagnose(WARM_UP)
    warm.catch(() => {})
    return shown({ server, warm })
  }
  /** Shows the documents; that many of them take long is not the fault of the snippet that is checked next. */
  function shown({ server, warm }: WarmServer): WarmServer {
    if (server.show(documents()) <= MANY) return { server, warm }
    const again = server.diagnose(WARM_UP)
    again.catch(() => {})
    return { server, warm: again }
  }
  async function asked<T>(
    { server, warm }: WarmServer,
    question: Question<T>,
    signal?: AbortSignal,
  ): Promise<Watched<T>> {
    const limits = { pid: server.pid, cpu: server.cpu, rssBytes, signal }
    const ready = await watch(warm, { ...limits, time: START })
    const time = { cpuMs: timeoutMs, wallMs }
    if (ready.type === 'done') return watch(question(server), { ...limits, time })
    // A slow start is not the snippet's fault.
    return ready.type === 'timeout' ? { type: 'crashed' } : ready
  }

  return {
    async ask(question, signal) {
      if (!current) return { type: 'crashed' }
      const { server } = current
      server.hold(true)
      const outcome = await asked(current, question, signal)
      server.hold(false)
      if (outcome.type !== 'done' && current?.server === server) {
        server.kill()
        current = launch()
      }
      return outcome
    },
    show() {
      current &&= shown(current)
    },
    close() {
      current?.server.kill()
      current = undefined
    },
  }
}
