// A session as a Node project in a zip.
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { standing } from '../../../sessions/standing.ts'
import { dispositionOf } from '../file-answer.ts'
import { journalOf } from '../journal.ts'
import type { Operation } from '../operation.ts'
import { notFound, Problem } from '../problem.ts'

/** Exports that are made at once: each reads cells in a process of its own. */
const MOST = 2
let underWay = 0

export const exportRoutes: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/sessions/:id/export',
    summary: 'The session as a Node project that makes the same files without Easel.',
    answers: { 200: 'application/zip' },
    async handle(c, rooms) {
      const listed = c.get('session')
      const journal = await journalOf(rooms, listed)
      if (!journal) throw notFound()
      if (underWay >= MOST)
        throw new Problem(503, 'capacity', `${MOST} exports are being made. Try again in 5 s.`, { retryAfter: 5 })
      underWay++
      // `rooms.ts` sweeps what a killed program leaves under such a name.
      const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
      try {
        const { exportProject } = await import('../../export/project.ts')
        const path = join(folder, randomBytes(8).toString('hex'))
        const events = standing(journal.events)
        await exportProject(
          { events, pathOf: (hash) => journal.pathOf(hash) },
          path,
          listed.title === undefined ? {} : { title: listed.title },
        )
        // Open, it can be read after its name has gone.
        const handle = await open(path)
        const { size } = await handle.stat()
        const headers = {
          'content-type': 'application/zip',
          'content-length': String(size),
          'content-disposition': dispositionOf(`${listed.title ?? `easel-${listed.id.slice(0, 6)}`}.zip`, 'attachment'),
        }
        return new Response(Readable.toWeb(handle.createReadStream()), { headers })
      } finally {
        underWay--
        await rm(folder, { recursive: true, force: true })
      }
    },
  },
]
