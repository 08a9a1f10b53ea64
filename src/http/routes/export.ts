// A session as a Node project in a zip.
import { journalOf, type Journal } from '../journal.ts'
import { zipResponse } from '../made-zip.ts'
import type { Operation } from '../operation.ts'
import { demandBytes } from '../file-answer.ts'
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
      const session = { events: journal.events, pathOf: (hash: string) => wholePathOf(journal, hash) }
      const { title } = listed
      const { exportProject } = await import('../../export/project.ts')
      return zipResponse(listed, c.get('party'), (path) => exportProject(session, path, title ? { title } : {}))
    },
  },
]

async function wholePathOf(journal: Journal, hash: string): Promise<string> {
  const path = await journal.pathOf(hash)
  await demandBytes(path)
  return path
}
