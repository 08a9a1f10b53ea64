// The user's operations on a session's files: upload, remove, undo; each in both journal and sandbox.
import { stat } from 'node:fs/promises'
import type { EventOf } from '../../sessions/event.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { checkUpload } from '../runner/file-rules.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { releasedError, type RuntimeHandle } from './lazy-runtime.ts'
import { putFile } from './recorder.ts'
import { temporaryFolderProblem } from './processes.ts'
import { undoEvents } from './undo.ts'

export interface Upload {
  readonly name: string
  readonly path: string
  /** Nobody writes the file any more: the store may link it. The path stays the caller's. */
  readonly isFinal?: boolean
  /** Called when the bytes are stored, before the file is inspected. */
  readonly onStored?: (bytes: number) => void
  /** Where the file was fetched from. */
  readonly url?: string
}

export interface SessionFiles {
  upload(upload: Upload): Promise<EventOf<'upload'>>
  /** Reverts the named file by one version, or everything the last request changed; returns the events. */
  undo(name?: string): Promise<readonly EventOf<'undo'>[]>
  remove(name: string): Promise<EventOf<'removed'> | undefined>
  pathOf(name: string): Promise<string | undefined>
}

/** Each operation is durable when it resolves; none may overlap with a cell. */
export function createSessionFiles(stored: StoredSession, runtime: RuntimeHandle, limits: Limits): SessionFiles {
  const pathOf = async (name: string): Promise<string | undefined> => {
    const hash = stored.currentFiles().find((file) => file.name === name)?.hash
    return hash === undefined ? undefined : stored.pathOf(hash)
  }
  return {
    pathOf,
    upload: (upload) => bringIn(stored, runtime, limits, upload),
    async undo(name) {
      const { sandbox, variables } = await runtime.get()
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
      const { sandbox, variables } = await runtime.get()
      await variables.files()
      // Cell 0: the user removed it, not a cell.
      const event = { type: 'removed', cell: 0, name } as const
      await stored.append(event)
      await sandbox.removeFile(name)
      return event
    },
  }
}

/** Stores the file, then places it in the sandbox, which inspects it, then journals it. */
async function bringIn(
  stored: StoredSession,
  runtime: RuntimeHandle,
  limits: Limits,
  { path, url, isFinal = false, onStored = () => undefined, ...upload }: Upload,
): Promise<EventOf<'upload'>> {
  const { sandbox, variables } = await runtime.get()
  await variables.files()
  const name = upload.name.normalize('NFC')
  const { size, mtimeMs: mtime } = await stat(path)
  checkUpload(stored.currentFiles(), limits, name, size)
  const { hash, bytes } = await putFile(stored, name, { path, follow: !isFinal, isFinal })
  onStored(bytes)
  try {
    const card = await sandbox.upload(name, await stored.pathOf(hash), { mtime }).catch((error: unknown) => {
      throw runtime.isClosed ? releasedError(stored.id) : temporaryFolderProblem(error)
    })
    // A reader that was stopped with the session says nothing about the file.
    if (runtime.isClosed) throw releasedError(stored.id)
    const event = { type: 'upload', name, card, hash, ...(url === undefined ? {} : { url }) } as const
    await stored.append(event)
    return event
  } catch (error) {
    if (!runtime.isClosed) await sandbox.removeFile(name).catch(() => undefined)
    await stored.discard(hash).catch(() => undefined)
    throw error
  }
}
