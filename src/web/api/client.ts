// The server's routes as functions. Turns are begun here and watched through the session's event stream.
import type { Detail } from '../../../sessions/event.ts'
import { asProblem, problemOf } from './problem.ts'
import type { Info, Session, StoredFile } from './shapes.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export const getInfo = (): Promise<Info> => ask('GET', '/api/info')
export const listSessions = async (): Promise<readonly Session[]> =>
  (await ask<{ sessions: Session[] }>('GET', '/api/sessions')).sessions
export const createSession = (): Promise<Session> => ask('POST', '/api/sessions', {})
export const renameSession = (id: string, title: string): Promise<Session> => ask('PATCH', of(id), { title })
export const deleteSession = (id: string): Promise<unknown> => ask('DELETE', of(id))
export const wakeSession = (id: string): Promise<Session> => ask('POST', `${of(id)}/restore`)
export const listFiles = async (id: string): Promise<readonly StoredFile[]> =>
  (await ask<{ files: StoredFile[] }>('GET', `${of(id)}/files`)).files
export const deleteFile = (id: string, fileId: string): Promise<unknown> => ask('DELETE', `${of(id)}/files/${fileId}`)
export const undoFile = (id: string, name: string): Promise<unknown> => ask('POST', `${of(id)}/undo`, { name })
export const cancel = (id: string): Promise<unknown> => ask('POST', `${of(id)}/cancel`)

export interface MessageRequest {
  readonly text: string
  readonly files?: readonly string[]
  readonly replaces?: number
  readonly detail?: Detail | undefined
}

/** Begins a turn; resolves when it has begun. */
export const sendMessage = (id: string, message: MessageRequest): Promise<void> => begin(`${of(id)}/messages`, message)
/** Runs a cell again, with other code if it is given; resolves when it has begun. */
export const runCell = (id: string, cell: number, code?: string): Promise<void> =>
  begin(`${of(id)}/cells/${cell}/run`, code === undefined ? {} : { code })

export const fileUrl = (id: string, fileId: string): string => `${of(id)}/files/${fileId}`
export const thumbnailUrl = (id: string, fileId: string): string => `${of(id)}/files/${fileId}/thumbnail`
export const downloadUrl = (id: string, fileId: string): string => `${of(id)}/files/${fileId}?download=1`
export const zipUrl = (id: string): string => `${of(id)}/files.zip`
export const exportUrl = (id: string): string => `${of(id)}/export`
export const eventsUrl = (id: string): string => `${of(id)}/events`
export const uploadUrl = (id: string): string => `${of(id)}/files`

/** The picture to try things on. */
export async function fetchSample(): Promise<File> {
  const answer = await references('GET', '/api/samples/portrait.png')
  return new File([await answer.blob()], 'portrait.png', { type: 'image/png' })
}

const of = (id: string): string => `/api/sessions/${encodeURIComponent(id)}`

async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const answer = await references(method, path, body)
  return (await answer.json()) as T
}

async function begin(path: string, body: unknown): Promise<void> {
  const answer = await references('POST', path, body)
  // The turn goes on without this connection; its events come by the session's stream.
  await answer.body?.cancel()
}

async function references(method: Method, path: string, body?: unknown): Promise<Response> {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(path, { method, ...json }).catch((error: unknown) => {
    throw asProblem(error)
  })
  if (answer.ok) return answer
  throw problemOf(answer.status, await answer.text().catch(() => ''))
}
