// Zips that are made for one response: written to the temporary folder, sent and deleted.
import { fstat } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SessionListing } from '../../../sessions/store.ts'
import { dispositionOf } from './file-response.ts'
import { openBody, openFile } from './file-body.ts'
import { Problem } from '../problem.ts'
import { isReservedForOthers, countOwned, type Held, type Party } from '../auth/fair-shares.ts'

/** Zips that are made at the same time: each costs disk space and CPU time. */
const MAX = 4
const underWay = new Set<Held>()

/** The zip that `make` writes to a given path, named after the session. Throws 503 if too many are being made. */
export async function zipResponse(
  { id, title }: SessionListing,
  party: Party,
  make: (path: string) => Promise<unknown>,
): Promise<Response> {
  const all = [...underWay]
  if (all.length >= MAX || isReservedForOthers(all, party, MAX)) throw crowded(all, party)
  const own = { party }
  underWay.add(own)
  // `processes.ts` removes folders of this name that a killed program left behind.
  let folder: string | undefined
  try {
    folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
    const path = join(folder, 'session.zip')
    await make(path)
    // An open file can be read after it is deleted.
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
    underWay.delete(own)
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}

function crowded(all: readonly Held[], party: Party): Problem {
  const message = `${all.length} zips are being made, ${countOwned(all, party)} of them for you; ${MAX} may be at once, and the last is for who has none. Try again in 5 s.`
  return new Problem(503, 'capacity', message, { retryAfter: 5 })
}
