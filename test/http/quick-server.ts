// `easel serve` for tests that would otherwise wait for minutes: streams check their session many times a second, and
// SIGUSR2 makes every session's time run out. Takes the program's arguments; ends at an interrupt.
import { parseArgs } from 'node:util'
import { openStore } from '../../sessions/sqlite/store.ts'
import { readConfig } from '../../src/config/config.ts'
import { listen } from '../../src/http/server.ts'
import { readServerSettings } from '../../src/http/settings.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import { createSessionService } from '../../src/runtime/session-service.ts'

const text = { type: 'string' } as const
const options = { port: text, data: text, idle: text, retention: text }
const { values } = parseArgs({ options, allowPositionals: true })
const config = readConfig(values, process.env)
const settings = { ...readServerSettings(values, process.env, config), heartbeatMs: 200 }
const { limits } = config
let ahead = 0
const store = await openStore({
  folder: config.sessions.folder,
  limits: { ...limits, ...config.sessions.limits },
  now: () => Date.now() + ahead,
})
const server = await listen({
  host: settings.host,
  port: settings.port,
  store,
  planner: createPhrasebookPlanner(),
  settings,
  createService(onIdle) {
    const service = createSessionService({ store: Promise.resolve(store), limits, onIdle })
    const made: string[] = []
    process.on('SIGUSR2', () => {
      ahead += settings.durations.idleMs + settings.durations.retentionMs
      for (const id of made.splice(0)) void service.deactivate(id).then(() => onIdle(id))
    })
    return {
      ...service,
      async create(durations, label) {
        const session = await service.create(durations, label)
        made.push(session.id)
        return session
      },
    }
  },
  log: (line) => process.stderr.write(`${line}\n`),
})
process.stdout.write(`Easel is at ${server.url}\nCtrl-C ends it.\n`)
process.once('SIGINT', () => void server.close(0))
