// Keeps one language server running and warm: starts it ahead of need, limits each request to it, and replaces it when
// it hangs, grows too large or dies.
import { WALL_FACTOR } from '../../../sandbox/limits.ts'
import type { LanguageServer } from './language-server.ts'
import type { Documents } from './virtual-documents.ts'
import { runWithLimits, type LimitedOutcome } from './check-limits.ts'

interface ServerSupervisor {
  /** Asks a warm server. After any outcome but `done` a new server is starting. */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<LimitedOutcome<T>>
  /** Sends the server the accepted cells, after they changed. */
  show(): void
  close(): void
}

type Question<T> = (server: LanguageServer) => Promise<T>

interface SupervisorOptions {
  readonly start: () => LanguageServer
  /** Milliseconds of processor time for one check. */
  readonly timeoutMs: number
  /** Wall-clock milliseconds for one check; default five times `timeoutMs`. */
  readonly wallMs?: number | undefined
  readonly rssBytes: number
  /** The documents that every server must have, read again at each start. */
  readonly documents: () => Documents
}

/** Time to start and load the modules' types, or to open many documents. */
const START = { cpuMs: 20_000, wallMs: 60_000 }
/** Up to this many new documents, at some 20 ms each, are opened without the time limit of a start. */
const MANY = 20

interface WarmServer {
  readonly server: LanguageServer
  readonly warm: Promise<unknown>
}

/** Creates the supervisor and starts the first server at once. */
export function superviseServer(keeping: SupervisorOptions): ServerSupervisor {
  const { start, timeoutMs, wallMs = timeoutMs * WALL_FACTOR, rssBytes, documents } = keeping
  let current: WarmServer | undefined = launch()

  function launch(): WarmServer {
    const server = start()
    const warm = server.diagnose(WARM_UP)
    warm.catch(() => {})
    return showDocuments({ server, warm })
  }
  /** Sends the documents. After many the warm-up runs again: their time must not count against the next snippet. */
  function showDocuments({ server, warm }: WarmServer): WarmServer {
    if (server.show(documents()) <= MANY) return { server, warm }
    const again = server.diagnose(WARM_UP)
    again.catch(() => {})
    return { server, warm: again }
  }
  async function askWarmServer<T>(
    { server, warm }: WarmServer,
    question: Question<T>,
    signal?: AbortSignal,
  ): Promise<LimitedOutcome<T>> {
    const limits = { pid: server.pid, cpu: server.cpu, rssBytes, signal }
    const ready = await runWithLimits(warm, { ...limits, time: START })
    const time = { cpuMs: timeoutMs, wallMs }
    if (ready.type === 'done') return runWithLimits(question(server), { ...limits, time })
    // A slow start is not the snippet's fault.
    return ready.type === 'timeout' ? { type: 'crashed' } : ready
  }

  return {
    async ask(question, signal) {
      if (!current) return { type: 'crashed' }
      const { server } = current
      server.keepAlive(true)
      const outcome = await askWarmServer(current, question, signal)
      server.keepAlive(false)
      if (outcome.type !== 'done' && current?.server === server) {
        server.kill()
        current = launch()
      }
      return outcome
    },
    show() {
      current &&= showDocuments(current)
    },
    close() {
      current?.server.kill()
      current = undefined
    },
  }
}

/** Uses of the largest types: sharp's options, chart.js's configuration, the canvas, Node's files. */
export const WARM_UP = `import sharp from 'sharp'
import { Chart } from 'chart.js/auto'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { createCanvas } from '@napi-rs/canvas'
import * as easel from 'easel'
import Papa from 'papaparse'
import { readFile, writeFile } from 'node:fs/promises'
const { data, info } = await sharp(await readFile('a')).resize({ width: 1 }).raw().toBuffer({ resolveWithObject: true })
const canvas = new ChartJSNodeCanvas({ width: 1, height: 1 })
await writeFile('b', await canvas.renderToBuffer({ type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }] } }))
console.log(createCanvas(1, 1).getContext('2d'), Chart, easel, Papa.parse('a').data, data, info)
`
