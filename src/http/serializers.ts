// Sessions and events as they go out: without paths of this machine, with what a page needs to show them.
import type { Event } from '../../sessions/event.ts'
import type { Listed } from '../../sessions/store.ts'
import { usageOf } from './events/session-journal.ts'
import type { ServerContext } from './context.ts'
import type { OneSessionShape, SessionShape } from './schemas.ts'
import { fileIdOf } from './files/file-index.ts'

/** The session as its owner sees it. */
export function showSession({ sessions }: Pick<ServerContext, 'sessions'>, listed: Listed): SessionShape {
  const at = sessions.place(listed.id)
  // What is in use here is known better here than on the disk.
  const info = { ...listed, ...at?.session.info() }
  const iso = (time: number): string => new Date(time).toISOString()
  return {
    id: listed.id,
    title: listed.title || undefined,
    createdAt: iso(info.createdAt),
    activeAt: iso(info.activeAt),
    idleAt: iso(info.idleAt),
    expiresAt: iso(info.expiresAt),
    // With a sandbox here it lives, without one it is as good as idle, whatever its time says.
    state: at ? 'living' : info.state === 'expired' ? 'expired' : 'idle',
    busy: at !== undefined && (at.run !== undefined || at.session.busy),
    files: info.files,
    bytes: info.bytes,
  }
}

/** As `showSession`, with what models took for it. */
export async function showOneSession(
  server: Pick<ServerContext, 'sessions' | 'store'>,
  listed: Listed,
): Promise<OneSessionShape> {
  const { input, output, cached, cost } = await usageOf(server, listed)
  return { ...showSession(server, listed), usage: { input, output, cached, cost } }
}

/** An event as its viewers get it; one that brings bytes says under which id they are. */
export function showEvent(session: string, event: Event, seq: number | undefined): Readonly<Record<string, unknown>> {
  if ((event.type !== 'file' && event.type !== 'upload') || seq === undefined) return event
  return { ...event, path: undefined, fileId: fileIdOf(session, seq) }
}
