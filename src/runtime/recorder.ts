// Events and files into the store before anybody is told of them.
import { StoreError } from '../../sessions/errors.ts'
import { isKept, type Event, type EventOf } from '../../sessions/event.ts'
import type { OpenSession } from '../../sessions/store.ts'
import type { Journal } from '../journal.ts'
import type { Sandbox } from '../runner/sandbox.ts'

/** The journal of a stored session; files are taken from `sandbox`. */
export function createRecorder(stored: OpenSession, sandbox: () => Promise<Pick<Sandbox, 'file' | 'take'>>): Journal {
  /** Of a line that nobody waited for. */
  let failure: { readonly error: unknown } | undefined

  /** Appends are written in order, so whoever waits for one has waited for all before it. */
  const append = async (event: Event): Promise<void> => {
    const appended = stored.append(event)
    // A flood of lines need not wait for the disk: what is shown of them before a crash loses no promise.
    if (event.type !== 'print') return appended
    appended.catch((error: unknown) => (failure ??= { error }))
  }
  /** Once: a disk that was full may have room again. */
  const fail = (): void => {
    const lost = failure
    failure = undefined
    if (lost) throw lost.error
  }
  const keep = async (event: EventOf<'file'>): Promise<Event> => {
    const processes = await sandbox()
    const kept = processes.file(event.name)
    if (!kept) return { ...notKept(event), text: `${event.name} was not kept: it was gone before it could be read.\n` }
    try {
      const { hash } = await putFile(stored, event.name, kept.path)
      return { ...event, hash }
    } catch (error) {
      if (!(error instanceof StoreError) || !error.code.startsWith('EASEL_LIMIT')) throw error
      await processes.take(event.name)
      return { ...notKept(event), text: `${event.name} was not kept: ${error.message}\n` }
    }
  }

  return {
    get events() {
      return stored.events
    },
    async record(event) {
      fail()
      if (!isKept(event)) return event
      const recorded = event.type === 'file' ? await keep(event) : event
      await append(recorded)
      return recorded
    },
  }
}

function notKept({ cell }: EventOf<'file'>) {
  return { type: 'print', cell, stream: 'stderr' } as const
}

/** Stores a file's bytes, given or at a path; where the session is full, older versions of its files make room. */
export async function putFile(stored: OpenSession, name: string, from: string | Uint8Array) {
  const source = typeof from === 'string' ? { path: from, follow: false } : from
  try {
    return await stored.putFile(name, source)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'EASEL_LIMIT_SESSION') throw error
    const dropped = await stored.dropOldVersions()
    if (dropped.versions === 0) throw error
    return stored.putFile(name, source)
  }
}
