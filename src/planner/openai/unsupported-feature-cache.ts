// Caches on disk what models refused to take, so that another process need not be refused again.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { UNSUPPORTED_FEATURES, type UnsupportedFeature } from './unsupported-features.ts'
import type { Endpoint } from './transport/failure.ts'

export interface UnsupportedFeatureCache {
  /** The cached refusals of the endpoint's model. */
  of(endpoint: Endpoint): readonly UnsupportedFeature[]
  /** Saves them for a day. A write error is ignored: it only costs another refusal. */
  keep(endpoint: Endpoint, capabilities: Iterable<UnsupportedFeature>): void
}

/** Entries expire because a server may be upgraded and a model replaced. */
const KEPT_MS = 86_400_000
const MAX = 200

const entrySchema = z.object({ capabilities: z.array(z.enum(UNSUPPORTED_FEATURES)), until: z.number() })
const cacheSchema = z.record(z.string(), entrySchema)
type CacheEntries = z.infer<typeof cacheSchema>

/** The cache's path in a data folder. */
export function unsupportedFeatureCachePath(folder: string): string {
  return join(folder, 'lessons.json')
}

/** Opens the cache at `path`. Each call reads the file again: several processes may write it, and the last one wins. */
export function openUnsupportedFeatureCache(path: string, now: () => number = Date.now): UnsupportedFeatureCache {
  const read = (): CacheEntries => {
    try {
      const parsed = cacheSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
      const entries = Object.entries(parsed.success ? parsed.data : {})
      return Object.fromEntries(entries.filter(([, { until }]) => until > now()).slice(-MAX))
    } catch {
      return {}
    }
  }
  return {
    of: (endpoint) => read()[keyOf(endpoint)]?.capabilities ?? [],
    keep(endpoint, capabilities) {
      try {
        const entries = { ...read(), [keyOf(endpoint)]: { capabilities: [...capabilities], until: now() + KEPT_MS } }
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        const temporary = `${path}.${process.pid}`
        writeFileSync(temporary, JSON.stringify(entries), { mode: 0o600 })
        renameSync(temporary, path)
      } catch {
        // This process still knows the refusals.
      }
    },
  }
}

/** The URL without user, password and query. */
function keyOf({ shown, model, api }: Endpoint): string {
  return `${api} ${shown} ${model}`
}
