// A language server without a process: the cell's text scripts its behaviour, and a test sets its resource usage.
import type { LanguageServer, RawDiagnostic } from '../../src/check/type-checker/language-server.ts'
import { WARM_UP } from '../../src/check/type-checker/server-supervisor.ts'
import type { CpuMeter } from '../../src/process-watch/cpu-meter.ts'

export interface ImitatedMeter extends CpuMeter {
  ms: number
  active: boolean
}

/** A resource meter whose figures a test sets. */
export function imitateMeter(): ImitatedMeter {
  const meter: ImitatedMeter = {
    ms: 1000,
    active: true,
    measure: () => meter.ms,
    isActive: () => meter.active,
    close: () => undefined,
  }
  return meter
}

export interface ImitatedServers {
  readonly start: () => LanguageServer
  /** All messages received, as `1 ask a` with the number of the server first. */
  readonly told: string[]
  /** How many were started. */
  count(): number
  /** The texts of the newest documents. */
  documents(): string
  /** Answers all waiting requests. */
  answer(): void
}

export interface Imitation {
  /** What a server does when it is warmed up; by default it answers. */
  readonly warmUp?: string
  readonly pid?: number
}

const WRONG: RawDiagnostic = { range: { start: { line: 1, character: 2 } }, code: 1109, message: 'It is wrong.' }

/**
 * A cell is answered without diagnostics, except `wrong` (an error), `die` (the server ends), `wait` (answered at
 * `answer`), `rest` (the same, without any sign of work) and `compute_N` (the same, N milliseconds of processor time
 * later). With `_once` at its end only the first server does so.
 */
export function imitateServers({ warmUp = 'answer', pid }: Imitation = {}): ImitatedServers {
  const told: string[] = []
  let count = 0
  let documents = ''
  const waiting: (() => void)[] = []

  function start(): LanguageServer {
    const own = ++count
    const cpu = imitateMeter()
    let shown: ReadonlySet<string> = new Set()
    let end = (): void => undefined
    const ended = new Promise<never>((_, reject) => (end = () => reject(new Error('The server ended.'))))
    ended.catch(() => undefined)
    const tell = (what: string): void => void told.push(`${own} ${what}`)
    const act = (text: string): Promise<RawDiagnostic[]> => {
      const [does, amount] = text.endsWith('_once') && own > 1 ? [] : text.split('_')
      if (does === 'wrong') return Promise.resolve([WRONG])
      if (does === 'die') end()
      if (does === 'rest') cpu.active = false
      if (does === 'compute') setTimeout(() => (cpu.ms += Number(amount)), 1)
      if (!/^(?:wait|rest|compute)$/.test(does ?? '')) return Promise.resolve([])
      return new Promise((resolve) => waiting.push(() => resolve([])))
    }
    return {
      pid,
      cpu,
      show(now) {
        tell(`show ${[...now.keys()].join(' ')}`)
        documents = [...now.values()].join('\n')
        const opened = [...now.keys()].filter((name) => !shown.has(name))
        shown = new Set(now.keys())
        return opened.length
      },
      diagnose(code) {
        tell(`ask ${code === WARM_UP ? 'warm-up' : code}`)
        return Promise.race([ended, act(code === WARM_UP ? warmUp : code)])
      },
      declarations: () => Promise.resolve([]),
      typeDeclarations: () => Promise.resolve([]),
      description: () => Promise.resolve(''),
      choices: () => Promise.resolve([]),
      keepAlive: (held) => tell(held ? 'hold' : 'let go'),
      kill() {
        tell('kill')
        end()
      },
    }
  }
  return {
    start,
    told,
    count: () => count,
    documents: () => documents,
    answer: () => {
      for (const one of waiting.splice(0)) one()
    },
  }
}
