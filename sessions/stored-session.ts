// A session in use, the part that all stores share; disk access is behind the backend.
import { createAppendQueue, type CommitEntry } from './journal/append-queue.ts'
import { StoreError } from './errors.ts'
import { isJournaled } from './event.ts'
import { checkDurations, type Lifetime } from './expiry.ts'
import { createSessionState, noFileError, sum, type LoadedSession, type SessionState } from './session-state.ts'
import { checkSessionFiles, type StoreLimits } from './quota.ts'
import type { FileSource, NumberedEvent, StoredSession, StoredFile } from './store.ts'

/** What a store does for one session in use. Calls are durable when they resolve; `note` may be lost with power. */
export interface SessionBackend {
  commit(entry: CommitEntry): Promise<void>
  /** Stores bytes; calls `admit`, which may throw, before they count. */
  keep(name: string, source: FileSource, admit: (file: StoredFile) => void): Promise<StoredFile>
  /** Releases bytes: `pending` ones that no event named, or `named` ones. */
  forget(hashes: readonly string[], which: 'pending' | 'named'): Promise<void>
  note(life: Lifetime): Promise<void>
  pathOf(hash: string): Promise<string>
  leave(): Promise<void>
}

/** Opens the session on a backend. */
export function createStoredSession(
  backend: SessionBackend,
  found: LoadedSession,
  limits: StoreLimits,
  now: () => number,
): StoredSession {
  const state = createSessionState(found, limits)
  const { history } = state
  const { publish, subscribe } = createPublisher()
  const append = createAppendQueue(state, now, (entry) => backend.commit(entry), publish)
  const { id, events } = found
  const underWay = new Set<Promise<unknown>>()
  let released: Promise<void> | undefined

  /** Runs work that `release` waits for; refused after it. */
  const whileOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    if (released) throw new StoreError('EASEL_SESSION_RELEASED', `The session ${id} is no longer open here.`)
    const promise = work()
    underWay.add(promise)
    try {
      return await promise
    } finally {
      underWay.delete(promise)
    }
  }
  const leave = async (): Promise<void> => {
    await Promise.allSettled(underWay)
    await backend.leave()
  }
  const renew = (life: Partial<Lifetime>): Promise<void> => {
    state.life = { ...state.life, ...life }
    return backend.note(state.life)
  }

  return {
    id,
    events,
    info: () => state.info(now(), !released),
    append: (given) => whileOpen(() => append([given].flat().filter(isJournaled))),
    subscribe,
    putFile: (name, source) => whileOpen(() => putFile({ backend, state, limits, now }, name, source)),
    discard: (hash) => whileOpen(() => discard({ backend, state }, hash)),
    pathOf: (hash) =>
      whileOpen(async () => (state.has(hash) ? backend.pathOf(hash) : Promise.reject(noFileError(hash)))),
    touch: () => whileOpen(() => renew({ activeAt: now() })),
    setDurations: (durations) =>
      whileOpen(async () => {
        checkDurations(durations)
        await renew(durations)
      }),
    currentFiles: () => history.currentFiles(),
    versions: (name) => history.versions(name),
    undoOf: (name, version) => undoOf(state, name, version),
    dropOldVersions: () =>
      whileOpen(async () => {
        const old = state.oldVersions()
        await backend.forget([...old.keys()], 'named')
        state.drop(old.keys())
        return { versions: old.size, bytes: sum(old.values()) }
      }),
    release: () => (released ??= leave()),
  }
}

function createPublisher() {
  const listeners = new Set<(appended: NumberedEvent) => void>()
  return {
    publish(this: void, appended: NumberedEvent): void {
      for (const listener of listeners) listener(appended)
    },
    subscribe(this: void, listener: (appended: NumberedEvent) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

interface PutDeps {
  readonly backend: SessionBackend
  readonly state: SessionState
  readonly limits: StoreLimits
  readonly now: () => number
}

async function putFile(
  { backend, state, limits, now }: PutDeps,
  name: string,
  source: FileSource,
): Promise<StoredFile> {
  const current = state.history.currentFiles()
  const isNew = !current.some((file) => file.name === name)
  checkSessionFiles(limits, name, current.length + (isNew ? 1 : 0))
  let admitted: StoredFile | undefined
  const admit = (file: StoredFile): void => {
    state.admitFile(name, file)
    admitted = file
    state.life = { ...state.life, activeAt: now() }
  }
  try {
    return await backend.keep(name, source, admit)
  } catch (error) {
    if (admitted) await discard({ backend, state }, admitted.hash).catch(() => undefined)
    throw error
  }
}

async function discard({ backend, state }: Pick<PutDeps, 'backend' | 'state'>, hash: string): Promise<void> {
  const put = state.pending.get(hash)
  if (!put || --put.puts > 0) return
  state.pending.delete(hash)
  await backend.forget([hash], 'pending')
}

/** Undefined if the bytes of the version are no longer stored. */
function undoOf({ history, found }: SessionState, name: string, version?: number): ReturnType<StoredSession['undoOf']> {
  const undo = version === undefined ? history.undoOf(name) : ({ type: 'undo', name, version } as const)
  if (!undo || undo.version === 0) return undo
  const hash = history.versions(name)[undo.version - 1]?.hash
  return hash && found.held.has(hash) ? undo : undefined
}
