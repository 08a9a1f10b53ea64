// Thumbnail of a file: made in a sandbox, never the file's own bytes.
import type { Context } from 'hono'
import type { FileVersion } from '../../../sessions/journal/file-history.ts'
import { isListed } from '../files/file-response.ts'
import { FILE_POLICY } from '../headers.ts'
import type { RouteVariables, Operation } from '../route.ts'
import { notFound, Problem } from '../problem.ts'
import type { ServerContext } from '../context.ts'
import { bytesOf, sessionFilesOf } from './files.ts'

/** Part of the ETag: changed when thumbnails are made differently. */
const THUMBNAIL_VERSION = 't1'

export const thumbnailRoute: Operation = {
  method: 'get',
  path: '/api/sessions/:id/files/:fileId/thumbnail',
  summary:
    'A thumbnail of one version, WebP of at most 320 x 320 pixels, of an animation its first frame. 404 "no_thumbnail" for a file that is not a picture; 503 while many are being made.',
  answers: { 200: 'image/webp' },
  handle: thumbnail,
}

async function thumbnail(c: Context<RouteVariables>, server: ServerContext): Promise<Response> {
  const files = await sessionFilesOf(c, server)
  const version = files.index.find(c.req.param('fileId') ?? '')
  if (!version) throw notFound('file')
  if (!isPicture(version)) throw none(version, `It is ${version.card.mime}.`)
  const { name, hash = '' } = version
  const headers = new Headers({
    'content-type': 'image/webp',
    'content-disposition': 'inline',
    'content-security-policy': FILE_POLICY,
    'cache-control': 'private, no-cache',
    etag: `"${THUMBNAIL_VERSION}-${hash}"`,
  })
  if (isListed(c.req.header('if-none-match'), headers.get('etag') ?? ''))
    return new Response(null, { status: 304, headers })
  const path = await bytesOf(files, version.hash)
  const made = await server.service.thumbnails.of({
    owner: c.get('owner'),
    session: c.get('session').id,
    name,
    hash,
    path,
  })
  if ('problem' in made) throw none(version, made.problem)
  headers.set('content-length', String(made.content.length))
  const body = c.req.method === 'HEAD' ? null : new Uint8Array(made.content)
  return new Response(body, { headers })
}

/** Includes pictures that only the canvas can read. */
function isPicture({ card }: FileVersion): boolean {
  return card.kind === 'picture' || card.cause === 'bitmap'
}

function none({ name }: FileVersion, reason: string): Problem {
  return new Problem(404, 'no_thumbnail', `There is no thumbnail of ${JSON.stringify(name.slice(0, 100))}. ${reason}`)
}
