// What tests of the server share: an application on a store of its own, and visitors that keep their cookie.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { defaultLimits, type Limits } from '../sandbox/limits.ts'
import type { Event } from '../sessions/event.ts'
import { openStore } from '../sessions/sqlite.ts'
import type { Durations, SessionStore } from '../sessions/store.ts'
import { createApp, type App } from '../src/http/app.ts'
import type { ServerParts, Settings } from '../src/http/rooms.ts'
import { builtinPlanner } from '../src/planner/builtin/builtin.ts'
import type { Planner } from '../src/planner/planner.ts'
import { createKeeper, type Keeper } from '../src/session/keeper.ts'
import { product } from './cli-program.ts'

export const HOUR = 3_600_000
export const portraitPath = join(product, 'examples/portrait.png')

export interface SceneOptions extends Partial<Omit<Settings, 'limits' | 'durations'>> {
  readonly planner?: Planner
  readonly durations?: Durations
  readonly limits?: Partial<Limits>
  /** A data folder that stays. */
  readonly data?: string
}

export interface Scene {
  readonly app: App
  readonly store: SessionStore
  readonly keeper: Keeper
  readonly data: string
  readonly logged: string[]
  readonly closing: AbortController
  visitor(headers?: Readonly<Record<string, string>>): Visitor
  close(): Promise<void>
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A folder that is gone after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-http-'))
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Settings of a server for this machine alone. */
export function settingsFor({ limits, durations, ...options }: SceneOptions = {}): Settings {
  return {
    version: '1.2.3',
    limits: { ...defaultLimits(), ...limits },
    durations: durations ?? { idleMs: HOUR, retentionMs: 24 * HOUR },
    model: undefined,
    token: undefined,
    names: [],
    addresses: false,
    sandboxes: 8,
    streams: { most: 100, each: 50 },
    pageFolder: '/nowhere',
    samplePath: portraitPath,
    heartbeatMs: 200,
    ...options,
  }
}

/** Parts of a server on a data folder; whoever makes them closes the keeper. */
export async function openParts(options: SceneOptions = {}) {
  const data = options.data ?? (await newFolder())
  const settings = settingsFor(options)
  const logged: string[] = []
  const store = await openStore({ folder: data, limits: settings.limits })
  const keep = (onIdle: (id: string) => void): Keeper =>
    createKeeper({ store: Promise.resolve(store), limits: settings.limits, onIdle })
  const log = (line: string): void => void logged.push(line)
  return { data, settings, logged, store, keep, log, planner: options.planner ?? builtinPlanner() }
}

/** An application that is closed after the test. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { keep, logged, data, ...rest } = await openParts(options)
  const closing = new AbortController()
  let app: App | undefined
  const keeper = keep((id) => app?.desk.rested(id))
  const parts: ServerParts = { ...rest, keeper }
  app = createApp(parts, closing.signal)
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    closing.abort()
    app.close()
    await keeper.close()
  }
  const scene: Scene = {
    app,
    store: parts.store,
    keeper,
    data,
    logged,
    closing,
    visitor: (headers) => createVisitor((request) => Promise.resolve(app.fetch(request)), headers),
    close: () => (closed ??= close()),
  }
  cleanups.push(scene.close)
  return scene
}

export interface Visitor {
  cookie: string
  fetch(path: string, init?: RequestInit): Promise<Response>
  get<T = Record<string, unknown>>(path: string): Promise<T>
  post(path: string, body?: unknown): Promise<Response>
  /** A new session's id. */
  session(): Promise<string>
  upload(id: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<Response>
  /** The events of a message's turn. */
  ask(id: string, text: string, more?: Readonly<Record<string, unknown>>): Promise<Told[]>
}

export type Told = { readonly seq: number | undefined; readonly event: Event & { fileId?: string } }

const BASE = 'http://127.0.0.1:3000'

/** Somebody with a browser; `headers` go with each request. */
export function createVisitor(
  send: (request: Request) => Promise<Response>,
  headers: Readonly<Record<string, string>> = {},
  base = BASE,
): Visitor {
  const visitor: Visitor = {
    cookie: '',
    async fetch(path, init = {}) {
      const request = new Request(`${base}${path}`, { ...init, redirect: 'manual' })
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
      if (visitor.cookie !== '') request.headers.set('cookie', visitor.cookie)
      const response = await send(request)
      const given = response.headers.get('set-cookie')
      if (given) visitor.cookie = given.split(';')[0]!
      return response
    },
    async get<T>(path: string) {
      return (await visitor.fetch(path)).json() as Promise<T>
    },
    post: (path, body) =>
      visitor.fetch(path, {
        method: 'POST',
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    async session() {
      const response = await visitor.post('/api/sessions')
      if (response.status !== 201) throw new Error(await response.text())
      return ((await response.json()) as { id: string }).id
    },
    upload(id, files) {
      const form = new FormData()
      for (const [name, bytes] of Object.entries(files))
        form.append('files', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
      return visitor.fetch(`/api/sessions/${id}/files`, { method: 'POST', body: form })
    },
    async ask(id, text, more = {}) {
      return readAll(await visitor.post(`/api/sessions/${id}/messages`, { text, ...more }))
    },
  }
  return visitor
}

/** All that a stream tells to its end. */
export async function readAll(response: Response): Promise<Told[]> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error(await response.text())
  return readSome(response, () => false)
}

/** What a stream tells until `enough` of it has come; then it is left. */
export async function readSome(response: Response, enough: (told: readonly Told[]) => boolean): Promise<Told[]> {
  const told: Told[] = []
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    text += decoder.decode(value, { stream: true })
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      const id = /^id: (\d+)$/m.exec(message)?.[1]
      if (data !== undefined)
        told.push({ seq: id === undefined ? undefined : Number(id), event: JSON.parse(data) as Told['event'] })
    }
    if (done) return told
    if (enough(told)) {
      await reader.cancel()
      return told
    }
  }
}

/** The problem that a response says. */
export async function problemOf(response: Response | Promise<Response>) {
  const answer = await response
  if (answer.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { status: number; code: string; detail: string; title: string; type: string }
}

export const typesOf = (told: readonly Told[]): string[] => told.map(({ event }) => event.type)

/** A file as its session lists it. */
export interface Shown {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly versions: readonly { readonly id: string; readonly version: number }[]
}

/** The files as they are now. */
export async function filesOf(visitor: Visitor, id: string): Promise<Shown[]> {
  return (await visitor.get<{ files: Shown[] }>(`/api/sessions/${id}/files`)).files
}

/** Uploads files, which must be taken. */
export async function bring(
  visitor: Visitor,
  id: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<Shown[]> {
  const answer = await visitor.upload(id, files)
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { files: Shown[] }).files
}
