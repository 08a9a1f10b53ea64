// An HTTP client with a cookie for tests and benchmarks; reads event streams and problem responses.
import type { Event } from '../../sessions/event.ts'

export interface Client {
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

/** Creates a client; `headers` are sent with each request. */
export function createClient(
  send: (request: Request) => Promise<Response>,
  headers: Readonly<Record<string, string>> = {},
  base = BASE,
): Client {
  const client: Client = {
    cookie: '',
    async fetch(path, init = {}) {
      const request = new Request(`${base}${path}`, { ...init, redirect: 'manual' })
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
      if (client.cookie !== '') request.headers.set('cookie', client.cookie)
      const response = await send(request)
      const given = response.headers.get('set-cookie')
      if (given) client.cookie = given.split(';')[0]!
      return response
    },
    async get<T>(path: string) {
      return (await client.fetch(path)).json() as Promise<T>
    },
    post: (path, body) =>
      client.fetch(path, {
        method: 'POST',
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    async session() {
      const response = await client.post('/api/sessions')
      if (response.status !== 201) throw new Error(await response.text())
      return ((await response.json()) as { id: string }).id
    },
    upload(id, files) {
      const form = new FormData()
      for (const [name, bytes] of Object.entries(files))
        form.append('files', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
      return client.fetch(`/api/sessions/${id}/files`, { method: 'POST', body: form })
    },
    async ask(id, text, more = {}) {
      return readAll(await client.post(`/api/sessions/${id}/messages`, { text, ...more }))
    },
  }
  return client
}

/** All events of a stream until it ends. */
export async function readAll(response: Response): Promise<Told[]> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error(await response.text())
  return readSome(response, () => false)
}

/** The events of a stream until `enough` of it has arrived; then it disconnects. */
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

/** The problem in a response. */
export async function problemOf(response: Response | Promise<Response>) {
  const answer = await response
  if (answer.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { status: number; code: string; detail: string; title: string; type: string }
}

export const typesOf = (told: readonly Told[]): string[] => told.map(({ event }) => event.type)

/** A file as listed by its session. */
export interface Shown {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly versions: readonly { readonly id: string; readonly version: number }[]
}

/** The current files. */
export async function filesOf(client: Client, id: string): Promise<Shown[]> {
  return (await client.get<{ files: Shown[] }>(`/api/sessions/${id}/files`)).files
}

/** Uploads files; fails if they are refused. */
export async function bring(
  client: Client,
  id: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<Shown[]> {
  const answer = await client.upload(id, files)
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { files: Shown[] }).files
}
