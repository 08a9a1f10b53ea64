// Routes for a session's files: upload, list, download, remove.
import type { Context } from 'hono'
import { createPortableNames } from '../../portable-names.ts'
import { uploadName } from '../../runtime/upload-name.ts'
import { demandBytes, fileResponse } from '../files/file-response.ts'
import { filesOf, type Files } from '../events/session-journal.ts'
import { zipResponse } from '../files/zip-response.ts'
import { receiveUpload, type Received } from '../files/multipart.ts'
import type { RouteVariables, Operation } from '../route.ts'
import { busy, notFound, Problem, problemOf } from '../problem.ts'
import type { ServerContext } from '../context.ts'
import { uploadedShape, filesShape, removedShape, type RefusedFileShape } from '../schemas.ts'
import { readFileIndex } from '../files/file-index.ts'
import { reserveUpload, type UploadReservation } from '../files/upload-quota.ts'
import type { ActiveSession } from '../active-sessions.ts'

/** Files in one upload request. */
const MAX_FILES = 100

export const fileRoutes: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/sessions/:id/files',
    summary:
      'Uploads files, one part of the form each, in the field "files". They are on the disk when it answers. "problems" names those that were not taken, "problem" of a file says why it is there and cannot be used; a problem is the answer only if none was taken.',
    body: 'multipart',
    answers: { 200: uploadedShape },
    handle: upload,
  },
  {
    method: 'get',
    path: '/api/sessions/:id/files',
    summary: 'The files as they are now, with their versions, the last 100 of each.',
    answers: { 200: filesShape },
    handle: async (c, server) => c.json({ files: (await sessionFilesOf(c, server)).index.files() }),
  },
  {
    method: 'get',
    path: '/api/sessions/:id/files.zip',
    summary: 'All files that cells made, as they are now, under names that every system accepts.',
    answers: { 200: 'application/zip' },
    handle: zip,
  },
  {
    method: 'get',
    path: '/api/sessions/:id/files/:fileId',
    summary: 'The bytes of one version; "?download=1" to keep them. What a browser could run is always an attachment.',
    answers: { 200: 'application/octet-stream', 206: 'application/octet-stream' },
    async handle(c, server) {
      const files = await sessionFilesOf(c, server)
      const version = files.index.find(c.req.param('fileId') ?? '')
      if (!version) throw notFound('file')
      const path = await bytesOf(files, version.hash)
      return fileResponse(version, path, {
        method: c.req.method,
        range: c.req.header('range'),
        ifRange: c.req.header('if-range'),
        ifNoneMatch: c.req.header('if-none-match'),
        download: c.req.query('download') === '1',
      })
    },
  },
  {
    method: 'delete',
    path: '/api/sessions/:id/files/:fileId',
    summary: 'Removes a file; undo restores it. The id is that of its current version.',
    answers: { 200: removedShape },
    async handle(c, server) {
      const { index } = await sessionFilesOf(c, server)
      const file = index.files().find(({ id }) => id === c.req.param('fileId'))
      if (!file) throw notFound('file')
      const removed = await server.sessions.use(c.get('session').id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const event = await at.session.remove(file.name)
        at.channel.touch()
        return event !== undefined
      })
      return c.json({ removed })
    },
  },
]

/** The files of the session in the path, with the paths of their bytes. */
export async function sessionFilesOf(c: Context<RouteVariables>, server: ServerContext): Promise<Files> {
  const files = await filesOf(server, c.get('session').id)
  if (!files) throw notFound()
  return files
}

/** Path of bytes that still exist. Throws 410. */
export async function bytesOf(files: Pick<Files, 'pathOf'>, hash: string | undefined): Promise<string> {
  const path = hash === undefined ? undefined : await files.pathOf(hash).catch(() => undefined)
  if (path === undefined) throw new Problem(410, 'file_gone', 'The content of this version was dropped to free space.')
  await demandBytes(path)
  return path
}

async function upload(c: Context<RouteVariables>, server: ServerContext): Promise<Response> {
  const { id, bytes, files } = c.get('session')
  const { limits } = server.settings
  const space = {
    fileBytes: limits.fileBytes,
    tableBytes: limits.tableBytes,
    bytes: limits.sessionBytes - bytes,
    files: Math.min(MAX_FILES, limits.sessionFiles),
  }
  if (files >= limits.sessionFiles) {
    const message = `The session has ${files} files; the limit is ${limits.sessionFiles}. Remove one, or start a new session.`
    throw new Problem(413, 'EASEL_LIMIT_FILES', message)
  }
  const reservation = await reserveUpload(server.store, c.get('owner'))
  const answer = receiveUpload(
    c,
    { ...space, reservation, temporaryFolder: () => server.store.temporaryFolder() },
    (received) =>
      server.sessions.use(id, c.get('party'), async (at) => {
        const taken = await takeIn(at, received, reservation)
        for (const { bytes: size } of received) server.metrics.uploaded(size)
        const index = await readFileIndex(id, at.session.events)
        const shown = index.files().filter(({ name }) => taken.names.has(name))
        const problems = taken.refused.map(({ name, problem: { status, code, message } }): RefusedFileShape => {
          return { name, status, code, detail: message }
        })
        const [first] = taken.refused
        if (!first) return c.json({ files: shown })
        if (taken.names.size > 0) return c.json({ files: shown, problems })
        const { status, code, message, facts } = first.problem
        throw new Problem(status, code, message, { ...facts, more: { ...facts.more, files: shown, problems } })
      }),
  )
  return answer.finally(() => reservation.end())
}

interface Taken {
  readonly names: ReadonlySet<string>
  /** By the names that the client sent, each with the reason. */
  readonly refused: readonly { readonly name: string; readonly problem: Problem }[]
}

async function takeIn(
  at: ActiveSession,
  received: readonly Received[],
  reservation: UploadReservation,
): Promise<Taken> {
  const names = new Set<string>()
  const refused: { name: string; problem: Problem }[] = []
  for (const { name: wanted, path } of received) {
    try {
      const current = at.session.currentFiles().map(({ name }) => name)
      const { name } = await at.session.upload({
        name: uploadName(wanted, new Set([...current, ...names])),
        path,
        isFinal: true,
        onStored: (bytes) => reservation.stored(bytes),
      })
      names.add(name)
    } catch (error) {
      const problem = problemOf(error)
      if (!problem) throw error
      refused.push({ name: wanted, problem })
    } finally {
      at.channel.touch()
    }
  }
  return { names, refused }
}

async function zip(c: Context<RouteVariables>, server: ServerContext): Promise<Response> {
  const stored = await sessionFilesOf(c, server)
  const { index } = stored
  const outputs = index.files().filter(({ kind }) => kind === 'output')
  if (outputs.length === 0) throw new Problem(404, 'no_files', 'No cell of this session has made a file yet.')
  const pathOf = createPortableNames()
  const named = outputs.map(({ id, name }) => ({ id, path: pathOf('', name) }))
  const entries = named.map(async ({ id, path }) => {
    // Not compressed again: pictures are compressed already, and other files are small.
    return { path, from: { file: await bytesOf(stored, index.find(id)?.hash) }, packed: true }
  })
  const all = await Promise.all(entries)
  const { writeArchive } = await import('../../export/archive.ts')
  return zipResponse(c.get('session'), c.get('party'), (path) => writeArchive(path, all, new Date()))
}
