// Rows of a table for the page: a window of a view, read in a sandbox.
import type { Context } from 'hono'
import { tableQuery, type TableQuery } from '../../../sandbox/table-protocol.ts'
import type { ServerContext } from '../context.ts'
import { notFound, Problem } from '../problem.ts'
import type { Operation, RouteVariables } from '../route.ts'
import { tableShape } from '../schemas.ts'
import { bytesOf, sessionFilesOf } from './files.ts'

export const tableRoute: Operation = {
  method: 'get',
  path: '/api/sessions/:id/files/:fileId/table',
  summary:
    'Rows of one version as a table: "from", "count" (at most 200), and "view", JSON of sort, filters and search; "preview=1" reads only the beginning of the file, "sheet" another sheet than the first. 422 "not_a_table" says why it has none; 503 while many are being read.',
  answers: { 200: tableShape },
  handle: table,
}

async function table(c: Context<RouteVariables>, server: ServerContext): Promise<Response> {
  const query = queryOf(c)
  const files = await sessionFilesOf(c, server)
  const version = files.index.find(c.req.param('fileId') ?? '')
  if (!version) throw notFound('file')
  const { name, hash = '' } = version
  const path = await bytesOf(files, version.hash)
  const request = { owner: c.get('owner'), session: c.get('session').id, name, hash, path, query }
  const { signal } = c.req.raw
  const answer = await server.service.tables.read(request, signal).catch((error: unknown) => {
    // Nobody reads the answer: the page has scrolled on.
    throw signal.aborted ? new Problem(499, 'cancelled', 'The client has cancelled the request.') : error
  })
  if ('problem' in answer) throw new Problem(422, 'not_a_table', answer.problem)
  return c.json(answer, 200, { 'cache-control': 'private, no-cache' })
}

/** Throws 422. */
function queryOf(c: Context<RouteVariables>): TableQuery {
  const { from = '0', count = '100', view = '{}', preview, sheet } = c.req.query()
  const read = tableQuery.safeParse({
    view: parse(view),
    from: numberOf(from),
    count: numberOf(count),
    ...(preview === '1' && { preview: true }),
    ...(sheet !== undefined && { sheet }),
  })
  if (read.success) return read.data
  const { path = [], message = '' } = read.error.issues[0] ?? {}
  throw new Problem(422, 'bad_request', `"${path.join('.')}" is not as it should be: ${message}.`)
}

function numberOf(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
