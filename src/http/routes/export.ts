// A session as a Node project in a zip.
import { journalOf } from '../journal.ts'
import { zipResponse } from '../made-zip.ts'
import type { Operation } from '../operation.ts'
import { notFound } from '../problem.ts'

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
      const session = { events: journal.events, pathOf: (hash: string) => journal.pathOf(hash) }
      const { title } = listed
      const { exportProject } = await import('../../export/project.ts')
      return zipResponse(listed, (path) => exportProject(session, path, title ? { title } : {}))
    },
  },
]
