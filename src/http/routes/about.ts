// Routes about the server itself: planner and limits, a sample file, health, metrics and OpenAPI document.
import { readFile } from 'node:fs/promises'
import type { Operation } from '../route.ts'
import type { ServerContext } from '../context.ts'
import { healthShape, infoShape } from '../schemas.ts'

export const aboutRoutes: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/info',
    summary: 'Which planner answers, the limits, and how long sessions live.',
    answers: { 200: infoShape },
    handle: (c, { settings, planner }) => {
      const { version, budgets, durations, model, fetches = true } = settings
      const kind = model ? 'model' : 'phrasebook'
      const said = { kind, description: planner.description, model: model?.name, detail: planner.sight?.detail }
      return c.json({ version, planner: said, limits: { ...settings.limits, ...budgets }, fetches, ...durations })
    },
  },
  {
    method: 'get',
    path: '/api/samples/portrait.png',
    summary: 'A picture to try things on.',
    answers: { 200: 'image/png' },
    async handle(c, { settings }) {
      const bytes = await readFile(settings.samplePath)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': 'image/png',
        'cache-control': 'private, max-age=3600',
      })
    },
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the server and its store answer.',
    answers: { 200: healthShape },
    async handle(c, { store }) {
      await store.size()
      return c.json({ status: 'ok' })
    },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Metrics in Prometheus text format.',
    answers: { 200: 'text/plain' },
    async handle(c, server) {
      const text = server.metrics.text(await gauges(server))
      return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
    },
  },
]

async function gauges({ sessions, streamLimit, store, settings }: ServerContext): Promise<Record<string, number>> {
  const { bytes, limit } = await store.size()
  const { living, busy } = sessions.figures
  return {
    easel_sessions_living: living,
    easel_sessions_busy: busy,
    easel_sandboxes_limit: settings.sandboxes,
    easel_streams_open: streamLimit.open,
    easel_store_bytes: bytes,
    easel_store_bytes_limit: limit,
  }
}
