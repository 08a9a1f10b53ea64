// Shared by the server's tests: an application on a store of its own, and clients that keep their cookie.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import type { StoreLimits } from '../../sessions/quota.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { Durations, SessionStore } from '../../sessions/store.ts'
import { createApp, type App } from '../../src/http/app.ts'
import type { ServerDeps, Settings } from '../../src/http/context.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import type { Planner } from '../../src/planner/planner.ts'
import { createSessionService, type SessionService } from '../../src/runtime/session-service.ts'
import type { Spending } from '../../src/spending/settings.ts'
import { productFolder } from '../../sandbox/product.ts'
import { createClient, type Client } from './client.ts'
import { startProcesses } from '../shared-processes.ts'

export const HOUR = 3_600_000
export const portraitPath = join(productFolder(), 'examples/portrait.png')

export interface SceneOptions extends Partial<Omit<Settings, 'limits' | 'durations'>> {
  readonly planner?: Planner
  readonly durations?: Durations
  readonly limits?: Partial<Limits & StoreLimits>
  readonly spending?: Spending
  /** A data folder that is not removed. */
  readonly data?: string
  /** Unused sandboxes, for tests of restored variables. */
  readonly fresh?: boolean
}

export interface Scene {
  readonly app: App
  readonly store: SessionStore
  readonly service: SessionService
  readonly data: string
  readonly logged: string[]
  readonly closing: AbortController
  client(headers?: Readonly<Record<string, string>>): Client
  close(): Promise<void>
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A folder that is removed after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-http-'))
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Settings of a server for local use only. */
export function settingsFor({ limits, durations, spending, ...options }: SceneOptions = {}): Settings {
  return {
    version: '1.2.3',
    limits: { ...defaultLimits(), ...limits },
    budgets: spending?.budgets,
    durations: durations ?? { idleMs: HOUR, retentionMs: 24 * HOUR },
    model: undefined,
    token: undefined,
    names: [],
    addresses: false,
    sandboxes: 8,
    streams: { most: 100, each: 50 },
    pageFolder: '/nowhere',
    samples: join(productFolder(), 'examples'),
    heartbeatMs: 200,
    ...options,
  }
}

/** The parts of a server on a data folder; the caller closes the session registry. */
export async function openParts(options: SceneOptions = {}) {
  const data = options.data ?? (await newFolder())
  const settings = settingsFor(options)
  const logged: string[] = []
  const store = await openStore({ folder: data, limits: settings.limits })
  const createService = (onIdle: (id: string) => void): SessionService =>
    createSessionService({
      store: Promise.resolve(store),
      limits: settings.limits,
      spending: options.spending,
      startProcesses: options.fresh ? undefined : startProcesses,
      onIdle,
    })
  const log = (line: string): void => void logged.push(line)
  return { data, settings, logged, store, createService, log, planner: options.planner ?? createPhrasebookPlanner() }
}

/** An application that is closed after the test. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { createService, logged, data, ...rest } = await openParts(options)
  const closing = new AbortController()
  let app: App | undefined
  const service = createService((id) => app?.sessions.handleDeactivated(id))
  const parts: ServerDeps = { ...rest, service }
  app = createApp(parts, closing.signal)
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    closing.abort()
    app.close()
    await service.close()
  }
  const scene: Scene = {
    app,
    store: parts.store,
    service,
    data,
    logged,
    closing,
    client: (headers) => createClient((request) => Promise.resolve(app.fetch(request)), headers),
    close: () => (closed ??= close()),
  }
  cleanups.push(scene.close)
  return scene
}
