// A session in use, the part that all stores share; what touches a disk is behind the desk.
import { createAppendQueue, type Entry } from './journal/append-queue.ts'
import { StoreError } from './errors.ts'
import { isKept } from './event.ts'
import { checkDurations, type Lifetime } from './expiry.ts'
import { createHolding, noFile, sum, type Found, type Holding } from './session-state.ts'
import { checkSessionFiles, type StoreLimits } from './quota.ts'
import type { FileSource, OpenSession, StoredFile } from './store.ts'

/** What a store does for one session that is held. Each call is durable when it resolves; `note` need not survive a loss of power. */
export interface SessionBackend {
  commit(entry: Entry): Promise<void>
  /** Stores bytes; calls `admit`, which may throw, before they count. */
  keep(name: string, source: FileSource, admit: (file: StoredFile) => void): Promise<StoredFile>
  /** Gives bytes up: `pending` ones that no event named, or `named` ones. */
  forget(hashes: readonly string[], which: 'pending' | 'named'): Promise<void>
  note(life: Lifetime): Promise<void>
  pathOf(hash: string): Promise<string>
  leave(): Promise<void>
}

/** The session on a desk. */
export function createOpenSession(desk: SessionBackend, found: Found, limits: StoreLimits, now: () => number): OpenSession {
  const holding = createHolding(found, limits)
  const { ledger } = holding
  const append = createAppendQueue(holding, now, (entry) => desk.commit(entry))
  const { id, events } = found
  const underWay = new Set<Promise<unknown>>()
  let released: Promise<void> | undefined

  /** Work that `release` waits for, and that is refused after it. */
  const used = async <T>(work: () => Promise<T>): Promise<T> => {
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
    await desk.leave()
  }
  const renew = (life: Partial<Lifetime>): Promise<void> => {
    holding.life = { ...holding.life, ...life }
    return desk.note(holding.life)
  }

  return {
    id,
    events,
    info: () => holding.info(now(), !released),
    append: (given) => used(() => append([given].flat().filter(isKept))),
    putFile: (name, source) => used(() => putFile({ desk, holding, limits, now }, name, source)),
    discard: (hash) => used(() => discard({ desk, holding }, hash)),
    pathOf: (hash) => used(async () => (holding.has(hash) ? desk.pathOf(hash) : Promise.reject(noFile(hash)))),
    touch: () => used(() => renew({ activeAt: now() })),
    setDurations: (durations) =>
      used(async () => {
        checkDurations(durations)
        await renew(durations)
      }),
    currentFiles: () => ledger.currentFiles(),
    versions: (name) => ledger.versions(name),
    undoOf: (name, version) => undoOf(holding, name, version),
    dropOldVersions: () =>
      used(async () => {
        const old = holding.oldVersions()
        await desk.forget([...old.keys()], 'named')
        holding.drop(old.keys())
        return { versions: old.size, bytes: sum(old.values()) }
      }),
    release: () => (released ??= leave()),
  }
}

interface PutDeps {
  readonly desk: SessionBackend
  readonly holding: Holding
  readonly limits: StoreLimits
  readonly now: () => number
}

async function putFile({ desk, holding, limits, now }: PutDeps, name: string, source: FileSource): Promise<StoredFile> {
  const current = holding.ledger.currentFiles()
  const isNew = !current.some((file) => file.name === name)
  checkSessionFiles(limits, name, current.length + (isNew ? 1 : 0))
  let admitted: StoredFile | undefined
  const admit = (file: StoredFile): void => {
    holding.admitFile(name, file)
    admitted = file
    holding.life = { ...holding.life, activeAt: now() }
  }
  try {
    return await desk.keep(name, source, admit)
  } catch (error) {
    if (admitted) await discard({ desk, holding }, admitted.hash).catch(() => undefined)
    throw error
  }
}

async function discard({ desk, holding }: Pick<PutDeps, 'desk' | 'holding'>, hash: string): Promise<void> {
  const put = holding.pending.get(hash)
  if (!put || --put.puts > 0) return
  holding.pending.delete(hash)
  await desk.forget([hash], 'pending')
}

/** An undo only to bytes that are still kept. */
function undoOf({ ledger, found }: Holding, name: string, version?: number): ReturnType<OpenSession['undoOf']> {
  const undo = version === undefined ? ledger.undoOf(name) : ({ type: 'undo', name, version } as const)
  if (!undo || undo.version === 0) return undo
  const hash = ledger.versions(name)[undo.version - 1]?.hash
  return hash && found.held.has(hash) ? undo : undefined
}
