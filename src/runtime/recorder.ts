// Writes events and files to the store before anyone sees them; printed lines alone are shown without waiting for it.
import { StoreError } from '../../sessions/errors.ts'
import { isJournaled, type Event, type EventOf } from '../../sessions/event.ts'
import type { FileSource, StoredSession, StoredFile } from '../../sessions/store.ts'
import type { Journal } from '../journal.ts'
import type { Sandbox } from '../runner/sandbox.ts'

/** The journal of a stored session; the bytes of files are read from `sandbox`. */
export function createRecorder(
  stored: StoredSession,
  sandbox: () => Promise<Pick<Sandbox, 'file' | 'removeFile'>>,
): Journal {
  /** The error of a printed line whose append was not awaited. */
  let failure: { readonly error: unknown } | undefined

  /** Appends are written in order, so waiting for one waits for all before it. */
  const append = async (event: Event): Promise<void> => {
    const appended = stored.append(event)
    // A flood of printed lines need not wait for the disk: losing some of them in a crash breaks no promise.
    if (event.type !== 'print') return appended
    appended.catch((error: unknown) => (failure ??= { error }))
  }
  /** Reports the error once: a full disk may have space again. */
  const fail = (): void => {
    const lost = failure
    failure = undefined
    if (lost) throw lost.error
  }
  const keep = async (event: EventOf<'file'>): Promise<Event> => {
    if (event.hash !== undefined) return event
    const running = await sandbox()
    const kept = running.file(event.name)
    if (!kept) return { ...notKept(event), text: `${event.name} was not kept: it was gone before it could be read.\n` }
    try {
      const { hash } = await putFile(stored, event.name, { path: kept.path, follow: false, isFinal: true })
      return { ...event, hash }
    } catch (error) {
      if (!(error instanceof StoreError) || !error.code.startsWith('EASEL_LIMIT')) throw error
      await running.removeFile(event.name)
      return { ...notKept(event), text: `${event.name} was not kept: ${error.message}\n` }
    }
  }

  return {
    get events() {
      return stored.events
    },
    async record(event) {
      fail()
      if (!isJournaled(event)) return event
      const recorded = event.type === 'file' ? await keep(event) : event
      await append(recorded)
      return recorded
    },
  }
}

function notKept({ cell }: EventOf<'file'>) {
  return { type: 'print', cell, stream: 'stderr' } as const
}

/** Stores a file's bytes; a full session first drops older versions of its files. */
export async function putFile(stored: StoredSession, name: string, source: FileSource): Promise<StoredFile> {
  try {
    return await stored.putFile(name, source)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'EASEL_LIMIT_SESSION') throw error
    const dropped = await stored.dropOldVersions()
    if (dropped.versions === 0) throw error
    return stored.putFile(name, source)
  }
}
