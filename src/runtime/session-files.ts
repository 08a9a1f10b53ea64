// The user's operations on a session's files: upload, remove, undo; each in both journal and sandbox.
import type { EventOf } from '../../sessions/event.ts'
import type { OpenSession } from '../../sessions/store.ts'
import { releasedError, type RuntimeHandle } from './lazy-runtime.ts'
import { putFile } from './recorder.ts'
import { temporaryFolderProblem } from './processes.ts'
import { undoEvents } from './undo.ts'

export interface SessionFiles {
  /** `url`: where the file was fetched from. */
  upload(name: string, path: string, url?: string): Promise<EventOf<'upload'>>
  /** Reverts the named file by one version, or everything the last request changed; returns the events. */
  undo(name?: string): Promise<readonly EventOf<'undo'>[]>
  remove(name: string): Promise<EventOf<'removed'> | undefined>
  pathOf(name: string): Promise<string | undefined>
}

/** Each operation is durable when it resolves; none may overlap with a cell. */
export function createSessionFiles(stored: OpenSession, processes: RuntimeHandle): SessionFiles {
  const pathOf = async (name: string): Promise<string | undefined> => {
    const hash = stored.currentFiles().find((file) => file.name === name)?.hash
    return hash === undefined ? undefined : stored.pathOf(hash)
  }
  return {
    pathOf,
    upload: (name, path, url) => bringIn(stored, processes, { name, path, url }),
    async undo(name) {
      const { sandbox, variables } = await processes.get()
      await variables.files()
      const events = undoEvents(stored, name)
      if (events.length > 0) await stored.append(events)
      for (const event of events) {
        const path = await pathOf(event.name)
        await (path ? sandbox.placeFile(event.name, path) : sandbox.removeFile(event.name))
      }
      return events
    },
    async remove(name) {
      if (!stored.currentFiles().some((file) => file.name === name)) return undefined
      const { sandbox, variables } = await processes.get()
      await variables.files()
      // Cell 0: the user removed it, not a cell.
      const event = { type: 'removed', cell: 0, name } as const
      await stored.append(event)
      await sandbox.removeFile(name)
      return event
    },
  }
}

async function bringIn(
  stored: OpenSession,
  processes: RuntimeHandle,
  { name, path, url }: { readonly name: string; readonly path: string; readonly url: string | undefined },
): Promise<EventOf<'upload'>> {
  const { sandbox, variables } = await processes.get()
  await variables.files()
  const card = await sandbox.upload(name, path).catch((error: unknown) => {
    throw processes.isClosed ? releasedError(stored.id) : temporaryFolderProblem(error)
  })
  // A reader that was stopped with the session says nothing about the file.
  if (processes.isClosed) throw releasedError(stored.id)
  const kept = sandbox.file(name)
  if (!kept) throw new Error(`${JSON.stringify(name)} was gone before it could be kept.`)
  try {
    const { hash } = await putFile(stored, kept.name, kept.path)
    const event = { type: 'upload', name: kept.name, card, hash, ...(url === undefined ? {} : { url }) } as const
    await stored.append(event)
    return event
  } catch (error) {
    await sandbox.removeFile(name)
    throw error
  }
}
