// Zips that are made for one answer: written to the temporary folder, sent, and gone.
import { fstat } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Listed } from '../../sessions/store.ts'
import { dispositionOf } from './file-answer.ts'
import { openBody, openFile } from './file-body.ts'
import { Problem } from './problem.ts'

/** Zips that are made at once: each costs disk and processor. */
const MOST = 4
let underWay = 0

/** The zip that `make` writes to the path it is given, called after the session. Throws 503 where too many are made. */
export async function zipResponse({ id, title }: Listed, make: (path: string) => Promise<unknown>): Promise<Response> {
  if (underWay >= MOST) {
    throw new Problem(503, 'capacity', `${MOST} zips are being made. Try again in 5 s.`, { retryAfter: 5 })
  }
  underWay++
  // `session/rooms.ts` sweeps what a killed program leaves under such a name.
  const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
  try {
    const path = join(folder, 'session.zip')
    await make(path)
    // Open, it can be read after its name has gone.
    const descriptor = await openFile(path)
    const { size } = await promisify(fstat)(descriptor)
    const headers = {
      'content-type': 'application/zip',
      'content-length': String(size),
      'content-disposition': dispositionOf(
        `${title?.replaceAll('/', '-') || `easel-${id.slice(0, 6)}`}.zip`,
        'attachment',
      ),
    }
    return new Response(openBody(descriptor, size), { headers })
  } finally {
    underWay--
    await rm(folder, { recursive: true, force: true })
  }
}
