// A session as a Node project in a zip.
import { toldJournal } from '../events/session-journal.ts'
import { zipResponse } from '../files/zip-response.ts'
import type { Operation } from '../route.ts'
import { demandBytes } from '../files/file-response.ts'
import { notFound } from '../problem.ts'

export const exportRoutes: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/sessions/:id/export',
    summary: 'The session as a Node project that makes the same files without Easel.',
    answers: { 200: 'application/zip' },
    async handle(c, server) {
      const listed = c.get('session')
      const journal = await toldJournal(server, listed.id, MAX_PRINTED)
      if (!journal) throw notFound()
      const session = { events: journal.events, pathOf: (hash: string) => wholePathOf(journal, hash) }
      const { title } = listed
      const { exportProject } = await import('../../export/project.ts')
      return zipResponse(listed, c.get('party'), (path) => exportProject(session, path, title ? { title } : {}))
    },
  },
]

/** Characters of what was printed at once that are read; a transcript shows less. */
const MAX_PRINTED = 10_000

async function wholePathOf(journal: { pathOf(hash: string): Promise<string> }, hash: string): Promise<string> {
  const path = await journal.pathOf(hash)
  await demandBytes(path)
  return path
}
