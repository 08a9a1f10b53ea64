// Creates, opens, lists, renames, exports and removes sessions, for both command line and server. What one session does
// is in session.ts.
import type { SessionListing, Tombstone, SessionStore, WholeJournal } from '../../sessions/store.ts'
import type { ExportResult, ExportOptions } from '../export/project.ts'
import { createSessionRegistry, type SessionRegistry, type SessionRegistryOptions } from './session-registry.ts'
import type { Event, EventOf } from '../../sessions/event.ts'

export type SessionServiceOptions = SessionRegistryOptions

export interface SessionService extends SessionRegistry {
  /** All sessions that are open or can be opened, or those of one owner; the most recently active first. */
  list(owner?: string): Promise<readonly SessionListing[]>
  find(id: string): Promise<SessionListing | undefined>
  /** Bytes that all sessions use, and their limit. */
  size(): Promise<{ readonly bytes: number; readonly limit: number }>
  /** Deletes expired sessions. */
  sweep(): Promise<void>
  /** The record of an expired session. */
  tombstone(id: string): Promise<Tombstone | undefined>
  /** Sets the session's title; false if there is no such session. */
  rename(id: string, title: string): Promise<boolean>
  /** Deletes session and files; false if there is none. Throws EASEL_SESSION_IN_USE if another program has it open. */
  remove(id: string): Promise<boolean>
  /** Writes the session as a Node project to a new zip; undefined if there is no such session. Throws ExportError. */
  export(id: string, path: string, options?: ProjectOptions): Promise<ExportResult | undefined>
}

interface ProjectOptions extends ExportOptions {
  /** Called before the bytes at a path are read; throws if they must not be. */
  readonly checkBytes?: (path: string) => Promise<unknown>
}

/** Characters of consecutive printed text that an export reads; its transcript shows fewer. */
const MAX_PRINTED = 10_000

export function createSessionService(options: SessionServiceOptions): SessionService {
  const registry = createSessionRegistry(options)
  const { store: opening } = options
  return {
    ...registry,
    list: async (owner) => (await opening).list(owner),
    size: async () => (await opening).size(),
    sweep: async () => void (await (await opening).sweep()),
    find: async (id) => (await opening).find(id),
    async tombstone(id) {
      const opened = await (await opening).open(id)
      if (opened.status === 'open') await opened.session.release()
      return opened.status === 'gone' ? opened.tombstone : undefined
    },
    rename: async (id, title) => (await opening).rename(id, title),
    async remove(id) {
      await registry.deactivate(id)
      const was = await (await opening).remove(id)
      registry.thumbnails.forget(id)
      await registry.tables.forget(id)
      return was
    },
    async export(id, path, { checkBytes = async () => undefined, ...project } = {}) {
      const at = registry.active(id)
      const journal = at
        ? { events: at.events, pathOf: (hash: string) => at.pathOfHash(hash) }
        : await readBoundedJournal(await opening, id, MAX_PRINTED)
      if (!journal) return undefined
      const { exportProject } = await import('../export/project.ts')
      const pathOf = async (hash: string): Promise<string> => {
        const bytes = await journal.pathOf(hash)
        await checkBytes(bytes)
        return bytes
      }
      return exportProject({ events: journal.events, pathOf }, path, project)
    },
  }
}

/** After `maxPrinted` characters in a row, printed text is replaced by shared blanks; undefined: no such session. */
export async function readBoundedJournal(
  store: Pick<SessionStore, 'read'>,
  id: string,
  maxPrinted: number,
): Promise<WholeJournal | undefined> {
  const view = await store.read(id)
  if (!view) return undefined
  const events: Event[] = []
  const blanks = new Map<number, Event>()
  const blank = ({ text: { length } }: EventOf<'print'>): Event => {
    const known = blanks.get(length) ?? { type: 'print', cell: 0, stream: 'stdout', text: ' '.repeat(length) }
    blanks.set(length, known)
    return known
  }
  let left = maxPrinted
  for await (const slice of view.slices())
    for (const { event } of slice) {
      if (event.type !== 'print') left = maxPrinted
      // Keep position and length: events refer to each other by number, and a transcript says how much it omits.
      events.push(event.type === 'print' && left <= 0 ? blank(event) : event)
      if (event.type === 'print') left -= event.text.length
    }
  return { events, pathOf: (hash) => view.pathOf(hash) }
}
