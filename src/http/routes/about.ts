// Routes about the server itself: planner and limits, sample files, health, metrics and OpenAPI document.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  sampleRoute('portrait.png', 'A picture to try things on.', 'image/png'),
  sampleRoute('seattle-weather.csv', 'A table to try things on.', 'text/csv'),
  sampleRoute('seattle-weather-zh.csv', 'The same table in Chinese.', 'text/csv'),
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

function sampleRoute(name: string, summary: string, type: 'image/png' | 'text/csv'): Operation {
  return {
    method: 'get',
    path: `/api/samples/${name}`,
    summary,
    answers: { 200: type },
    async handle(c, { settings }) {
      const bytes = await readFile(join(settings.samples, name))
      const headers = { 'content-type': type, 'cache-control': 'private, max-age=3600' }
      return c.body(new Uint8Array(bytes), 200, headers)
    },
  }
}

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
