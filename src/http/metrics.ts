// Metrics of the server in Prometheus text format 0.0.4.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Event } from '../../sessions/event.ts'

export interface Metrics {
  /** Counts a response; `route` is the pattern, never the path, which contains ids. */
  answered(method: string, route: string, status: number, seconds: number): void
  /** Counts an event of a turn or a cell. */
  happened(event: Event): void
  uploaded(bytes: number): void
  /** All metrics; `gauges` are current values by name. The event loop's lag is measured since the last call. */
  text(gauges: Readonly<Record<string, number>>): string
  close(): void
}

const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60]

export function createMetrics(): Metrics {
  const counters = new Map<string, number>()
  const buckets = BUCKETS.map(() => 0)
  const totals = { seconds: 0, requests: 0 }
  const lag = monitorEventLoopDelay({ resolution: 10 })
  lag.enable()
  const add = (key: string, by = 1): void => void counters.set(key, (counters.get(key) ?? 0) + by)

  return {
    answered(method, route, status, seconds) {
      add(`easel_http_requests_total{method="${method}",route="${escaped(route)}",status="${status}"}`)
      totals.seconds += seconds
      totals.requests++
      for (const [at, bound] of BUCKETS.entries()) if (seconds <= bound) buckets[at]! += 1
    },
    happened(event) {
      if (event.type === 'end') add(`easel_turns_total{status="${event.status}"}`)
      if (event.type === 'result') add(`easel_cells_total{status="${event.status}"}`)
    },
    uploaded: (bytes) => add('easel_upload_bytes_total', bytes),
    text(gauges) {
      const lines = Object.entries({ ...gauges, ...ofProcess() }).flatMap(([name, value]) => [
        `# TYPE ${name} gauge`,
        `${name} ${value}`,
      ])
      lines.push('# TYPE easel_event_loop_lag_seconds gauge')
      for (const [quantile, percent] of [
        ['0.5', 50],
        ['0.99', 99],
        ['1', 100],
      ] as const) {
        lines.push(
          `easel_event_loop_lag_seconds{quantile="${quantile}"} ${Math.max(0, lag.percentile(percent) / 1e9 - 0.01)}`,
        )
      }
      lag.reset()
      return `${[...lines, ...countersOf(counters), ...histogramOf(buckets, totals)].join('\n')}\n`
    },
    close: () => void lag.disable(),
  }
}

function ofProcess(): Readonly<Record<string, number>> {
  return { process_resident_memory_bytes: process.memoryUsage.rss(), process_uptime_seconds: process.uptime() }
}

function countersOf(counters: ReadonlyMap<string, number>): string[] {
  const families = Map.groupBy(
    [...counters].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ([key]) => key.split('{')[0]!,
  )
  return [...families].flatMap(([name, rows]) => [
    `# TYPE ${name} counter`,
    ...rows.map(([key, value]) => `${key} ${value}`),
  ])
}

function histogramOf(
  buckets: readonly number[],
  { seconds, requests }: { seconds: number; requests: number },
): string[] {
  const name = 'easel_http_request_seconds'
  return [
    `# TYPE ${name} histogram`,
    ...BUCKETS.map((bound, at) => `${name}_bucket{le="${bound}"} ${buckets[at]}`),
    `${name}_bucket{le="+Inf"} ${requests}`,
    `${name}_sum ${seconds}`,
    `${name}_count ${requests}`,
  ]
}

function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, '_')
}
