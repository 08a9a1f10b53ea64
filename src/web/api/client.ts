// The server's HTTP routes as functions. Turns are started here; their events arrive on the session's event stream.
import type { Detail } from '../../../sessions/event.ts'
import { asProblem, problemOf } from './problem.ts'
import type { InfoShape, SessionShape, FileShape, TableShape, TableViewShape } from '../../http/schemas.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export const getInfo = (): Promise<InfoShape> => requestJson('GET', '/api/info')
export const listSessions = async (): Promise<readonly SessionShape[]> =>
  (await requestJson<{ sessions: SessionShape[] }>('GET', '/api/sessions')).sessions
export const createSession = (): Promise<SessionShape> => requestJson('POST', '/api/sessions', {})
export const renameSession = (id: string, title: string): Promise<SessionShape> =>
  requestJson('PATCH', sessionPath(id), { title })
export const deleteSession = (id: string): Promise<unknown> => requestJson('DELETE', sessionPath(id))
export const restoreSession = (id: string): Promise<SessionShape> => requestJson('POST', `${sessionPath(id)}/restore`)
export const listFiles = async (id: string): Promise<readonly FileShape[]> =>
  (await requestJson<{ files: FileShape[] }>('GET', `${sessionPath(id)}/files`)).files
export const deleteFile = (id: string, fileId: string): Promise<unknown> =>
  requestJson('DELETE', `${sessionPath(id)}/files/${fileId}`)
export const undoFile = (id: string, name: string): Promise<unknown> =>
  requestJson('POST', `${sessionPath(id)}/undo`, { name })
export const cancel = (id: string): Promise<unknown> => requestJson('POST', `${sessionPath(id)}/cancel`)

export interface MessageRequest {
  readonly text: string
  readonly files?: readonly string[]
  readonly replaces?: number
  readonly detail?: Detail | undefined
}

/** Starts a turn; resolves once it has started. */
export const sendMessage = (id: string, message: MessageRequest): Promise<void> =>
  startTurn(`${sessionPath(id)}/messages`, message)
/** Runs a cell again, with `code` if given; resolves once the run has started. */
export const runCell = (id: string, cell: number, code?: string): Promise<void> =>
  startTurn(`${sessionPath(id)}/cells/${cell}/run`, code === undefined ? {} : { code })

export interface TableRequest {
  readonly view: TableViewShape
  readonly from: number
  readonly count: number
  /** Only the beginning of the file is read. */
  readonly preview?: boolean
  readonly sheet?: string | undefined
}

/** Rows of a file as a table. */
export async function getTable(
  id: string,
  fileId: string,
  { view, from, count, preview, sheet }: TableRequest,
  signal: AbortSignal,
): Promise<TableShape> {
  const query = new URLSearchParams({ from: String(from), count: String(count), view: JSON.stringify(view) })
  if (preview === true) query.set('preview', '1')
  if (sheet !== undefined) query.set('sheet', sheet)
  const answer = await request('GET', `${fileUrl(id, fileId)}/table?${query.toString()}`, undefined, signal)
  return (await answer.json()) as TableShape
}

export const fileUrl = (id: string, fileId: string): string => `${sessionPath(id)}/files/${fileId}`
export const thumbnailUrl = (id: string, fileId: string): string => `${sessionPath(id)}/files/${fileId}/thumbnail`
export const downloadUrl = (id: string, fileId: string): string => `${sessionPath(id)}/files/${fileId}?download=1`
export const zipUrl = (id: string): string => `${sessionPath(id)}/files.zip`
export const exportUrl = (id: string): string => `${sessionPath(id)}/export`
export const eventsUrl = (id: string): string => `${sessionPath(id)}/events`
export const uploadUrl = (id: string): string => `${sessionPath(id)}/files`

/** A sample file for the example requests, under the name that it gets. */
export async function fetchSample(path: string, name: string): Promise<File> {
  const answer = await request('GET', `/api/samples/${path}`)
  const content = await answer.blob()
  return new File([content], name, { type: content.type })
}

const sessionPath = (id: string): string => `/api/sessions/${encodeURIComponent(id)}`

async function requestJson<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const answer = await request(method, path, body)
  return (await answer.json()) as T
}

async function startTurn(path: string, body: unknown): Promise<void> {
  const answer = await request('POST', path, body)
  // The turn does not need this connection; its events come by the session's stream.
  await answer.body?.cancel()
}

async function request(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(path, { method, ...json, ...(signal && { signal }) }).catch((error: unknown) => {
    throw asProblem(error)
  })
  if (answer.ok) return answer
  throw problemOf(answer.status, await answer.text().catch(() => ''))
}
