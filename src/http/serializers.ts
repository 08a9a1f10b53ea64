// Serializes sessions and events for clients: without paths of this machine, with what a page needs to show them.
import type { Event } from '../../sessions/event.ts'
import type { SessionListing } from '../../sessions/store.ts'
import { usageOf } from './events/session-journal.ts'
import type { ServerContext } from './context.ts'
import type { OneSessionShape, SessionShape } from './schemas.ts'
import { fileIdOf } from './files/file-index.ts'

/** The session as its owner sees it. */
export function showSession({ sessions }: Pick<ServerContext, 'sessions'>, listed: SessionListing): SessionShape {
  const at = sessions.active(listed.id)
  // For an open session the state in memory is newer than on disk.
  const info = { ...listed, ...at?.session.info() }
  const iso = (time: number): string => new Date(time).toISOString()
  return {
    id: listed.id,
    title: listed.title || undefined,
    createdAt: iso(info.createdAt),
    activeAt: iso(info.activeAt),
    idleAt: iso(info.idleAt),
    expiresAt: iso(info.expiresAt),
    // "living" means that it is open here; otherwise it is idle, whatever its remaining time.
    state: at ? 'living' : info.state === 'expired' ? 'expired' : 'idle',
    busy: at !== undefined && (at.run !== undefined || at.session.busy),
    files: info.files,
    bytes: info.bytes,
  }
}

/** As `showSession`, with its model usage. */
export async function showOneSession(
  server: Pick<ServerContext, 'sessions' | 'store'>,
  listed: SessionListing,
): Promise<OneSessionShape> {
  const { input, output, cached, cost } = await usageOf(server, listed)
  return { ...showSession(server, listed), usage: { input, output, cached, cost } }
}

/** An event as subscribers get it; one with a file has the id under which its bytes are served. */
export function showEvent(session: string, event: Event, seq: number | undefined): Readonly<Record<string, unknown>> {
  if ((event.type !== 'file' && event.type !== 'upload') || seq === undefined) return event
  return { ...event, path: undefined, fileId: fileIdOf(session, seq) }
}
