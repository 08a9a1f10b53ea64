// What models have refused to take, for the next program too: so that each does not have to be refused again.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { CAPABILITIES, type Capability } from './capabilities.ts'
import type { Endpoint } from './transport/failure.ts'

export interface CapabilityCache {
  /** What the model is known to refuse. */
  of(endpoint: Endpoint): readonly Capability[]
  /** Keeps it for a day; a disk that cannot be written only costs a refusal more. */
  keep(endpoint: Endpoint, capabilities: Iterable<Capability>): void
}

/** A server may be given another program, a model other weights. */
const KEPT_MS = 86_400_000
const MAX = 200

const page = z.object({ capabilities: z.array(z.enum(CAPABILITIES)), until: z.number() })
const shape = z.record(z.string(), page)
type Pages = z.infer<typeof shape>

/** Where the book of a data folder lies. */
export function capabilityCachePath(folder: string): string {
  return join(folder, 'lessons.json')
}

/** The book at `path`, read anew each time: several programs may write in it, and the last one wins. */
export function openCapabilityCache(path: string, now: () => number = Date.now): CapabilityCache {
  const read = (): Pages => {
    try {
      const parsed = shape.safeParse(JSON.parse(readFileSync(path, 'utf8')))
      const pages = Object.entries(parsed.success ? parsed.data : {})
      return Object.fromEntries(pages.filter(([, { until }]) => until > now()).slice(-MAX))
    } catch {
      return {}
    }
  }
  return {
    of: (endpoint) => read()[keyOf(endpoint)]?.capabilities ?? [],
    keep(endpoint, capabilities) {
      try {
        const pages = { ...read(), [keyOf(endpoint)]: { capabilities: [...capabilities], until: now() + KEPT_MS } }
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        const temporary = `${path}.${process.pid}`
        writeFileSync(temporary, JSON.stringify(pages), { mode: 0o600 })
        renameSync(temporary, path)
      } catch {
        // The lessons are known in this program.
      }
    },
  }
}

/** The address as it is shown: without user, password and query. */
function keyOf({ shown, model, api }: Endpoint): string {
  return `${api} ${shown} ${model}`
}
