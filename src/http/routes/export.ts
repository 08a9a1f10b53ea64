// Exports a session as a Node project in a zip.
import { demandBytes } from '../files/file-response.ts'
import { zipResponse } from '../files/zip-response.ts'
import { notFound } from '../problem.ts'
import type { Operation } from '../route.ts'

export const exportRoutes: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/sessions/:id/export',
    summary: 'The session as a Node project that makes the same files without Easel.',
    answers: { 200: 'application/zip' },
    async handle(c, { service }) {
      const listed = c.get('session')
      const { id, title } = listed
      return zipResponse(listed, c.get('party'), async (path) => {
        const made = await service.export(id, path, { checkBytes: demandBytes, ...(title && { title }) })
        if (!made) throw notFound()
      })
    },
  },
]
