// The session of a command: new or opened by id, reopened after it was idle, replaced by a new one if it expired.
import type { EventOf } from '../../sessions/event.ts'
import { DEFAULT_DURATIONS } from '../../sessions/expiry.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { Durations, Tombstone } from '../../sessions/store.ts'
import type { Config } from '../config/config.ts'
import { FetchError } from '../fetch/fetch-error.ts'
import type { Fetch } from '../fetch/fetch-file.ts'
import { readUrl, formatUrl } from '../fetch/web-url.ts'
import { FileRefused } from '../runner/file-rules.ts'
import { createSessionService, type SessionService } from '../runtime/session-service.ts'
import type { StartProcesses } from '../runtime/processes.ts'
import type { Session } from '../runtime/session.ts'
import type { Arguments } from './arguments.ts'
import type { OutputSink, FileSource } from './output-sink.ts'
import { EmptyUpload, isWebAddress, planUploads } from './uploads.ts'
import { formatDuration } from './rendering/messages.ts'

export interface CliSession extends FileSource {
  /** The current session; changes are shown on `sink`. Throws SessionLost if a lost one must not be replaced. */
  session(sink: OutputSink): Promise<Session>
  /**
   * Checks all paths, then adds the files one by one, in order; URLs are fetched. A file that is empty, too large or
   * cannot be fetched is reported and does not stop the others. Throws UploadError, and FetchError or FileRefused if no
   * file is left.
   */
  upload(sink: OutputSink, paths: readonly string[]): AsyncGenerator<UploadOutcome>
  close(): Promise<void>
}

/** A file that was added to the session, or why it was not. */
type UploadOutcome =
  | { readonly path: string; readonly event: EventOf<'upload'> }
  | { readonly path: string; readonly problem: unknown }

/** The requested session does not exist or has expired. */
class SessionLost extends Error {
  readonly code: 'session_expired' | 'session_unknown'
  constructor(code: SessionLost['code'], message: string) {
    super(message)
    this.code = code
  }
}

export interface CliSessionOptions {
  readonly config: Config
  readonly requireSandbox: boolean
  /** The session to continue. */
  readonly id: string | undefined
  readonly verb: Arguments['verb']
  /** Called with a message for the user when the session was closed because it was idle. */
  readonly idled: (text: string) => void
  /** How files are fetched, unless disabled in the configuration; default: from the web. */
  readonly fetch?: Fetch | undefined
  /** Starts other processes; only in tests. */
  readonly startProcesses?: StartProcesses | undefined
}

/** Starts the sandbox and opens the store immediately; the session is created or opened at first use. */
export function openCliSession(options: CliSessionOptions): CliSession {
  const { config, verb } = options
  const { sessions } = config
  const idleIds = new Set<string>()
  const service = startService(options, (id) => idleIds.add(id))
  let { id } = options

  const create = async (sink: OutputSink): Promise<Session> => {
    const session = await service.create({ ...DEFAULT_DURATIONS, ...explicitDurations(sessions) })
    id = session.id
    await introduce(sink, session)
    return session
  }
  const replace = async (sink: OutputSink, lost: string, tombstone: Tombstone | undefined): Promise<Session> => {
    const { code, message } = lossOf(lost, tombstone)
    // A snippet for `run` relies on the variables and files of that session.
    if (verb === 'run') throw new SessionLost(code, tombstone ? message : `${message} See easel sessions.`)
    const session = await create(sink)
    if (tombstone || idleIds.delete(lost)) await showGone(sink, session, lost, tombstone)
    else await sink.show({ type: 'notice', text: `${message} This is a new session.` })
    return session
  }
  const current = async (sink: OutputSink): Promise<Session> => {
    if (id === undefined) return create(sink)
    const known = service.active(id)
    if (known) {
      await known.touch()
      return known
    }
    const found = await service.open(id)
    if (found.status !== 'open') return replace(sink, id, found.status === 'gone' ? found.tombstone : undefined)
    const { session } = found
    const { idleMs, retentionMs } = { ...session.info(), ...explicitDurations(sessions) }
    await session.setDurations({ idleMs, retentionMs })
    session.wake()
    if (!idleIds.delete(id)) await introduce(sink, session)
    return session
  }

  return {
    session: current,
    upload: async function* (sink, paths) {
      yield* addAllFiles(await current(sink), sink, paths, config.noFetch)
    },
    file: async (name) => (id === undefined ? undefined : fileOf(service.active(id), name)),
    close: () => service.close(),
  }
}

function startService(
  { config, requireSandbox, verb, idled, fetch, startProcesses }: CliSessionOptions,
  onIdle: (id: string) => void,
): SessionService {
  const { limits, sessions, spending } = config
  const store = openStore({ folder: sessions.folder, limits: { ...limits, ...sessions.limits } })
  store.catch(() => undefined)
  return createSessionService({
    store,
    dataFolder: sessions.folder,
    limits,
    spending,
    requireSandbox,
    fetch: config.noFetch ? false : fetch,
    early: true,
    startProcesses,
    neverIdle: verb !== 'chat',
    onIdle(id) {
      onIdle(id)
      idled('The session was idle, so its sandbox has ended. The next message brings it back.')
    },
  })
}

async function* addAllFiles(session: Session, sink: OutputSink, paths: readonly string[], noFetch: boolean) {
  for (const path of paths) if (!isWebAddress(path)) await planUploads([path]).catch(rethrowUnlessFileError)
  if (!noFetch) for (const address of paths.filter(isWebAddress)) readUrl(address)
  const problems: unknown[] = []
  for (const path of paths) {
    try {
      yield { event: await addOneFile(session, sink, path, noFetch), path }
    } catch (error) {
      rethrowUnlessFileError(error)
      problems.push(error)
      if (paths.length > 1) yield { problem: error, path }
    }
  }
  if (problems.length > 0 && problems.length === paths.length) throw problems[0]
}

async function addOneFile(
  session: Session,
  sink: OutputSink,
  typed: string,
  noFetch: boolean,
): Promise<EventOf<'upload'>> {
  if (isWebAddress(typed)) {
    if (!noFetch) await sink.show({ type: 'notice', text: `Fetching ${formatUrl(typed)}.` })
    // Closing the session aborts the fetch.
    return session.fetch(typed, new AbortController().signal)
  }
  const taken = session.currentFiles().map((file) => file.name)
  const [plan] = await planUploads([typed], taken)
  return session.upload({ name: plan!.name, path: plan!.path })
}

/** Rethrows an error unless it concerns one file only and the others can still be added. */
function rethrowUnlessFileError(error: unknown): void {
  if (!(error instanceof EmptyUpload || error instanceof FileRefused || error instanceof FetchError)) throw error
}

async function fileOf(session: Session | undefined, name: string) {
  const version = session?.currentFiles().find((file) => file.name === name)
  const path = await session?.pathOf(name)
  return version && path ? { path, version } : undefined
}

/** The durations that are set explicitly. */
function explicitDurations({ idleMs, retentionMs }: Config['sessions']): Partial<Durations> {
  return { ...(idleMs !== undefined && { idleMs }), ...(retentionMs !== undefined && { retentionMs }) }
}

async function showGone(
  sink: OutputSink,
  session: Session,
  id: string,
  tombstone: Tombstone | undefined,
): Promise<void> {
  const { files = [], variables = [] } = tombstone ?? {}
  const gone: EventOf<'gone'> = { type: 'gone', id, files: [...files], variables: [...variables] }
  await session.append(gone)
  await sink.show(gone)
}

async function introduce(sink: OutputSink, { id, info }: Session): Promise<void> {
  await sink.show({ type: 'session', id, expiresAt: new Date(info().expiresAt).toISOString() })
}

function lossOf(id: string, tombstone: Tombstone | undefined) {
  if (!tombstone) return { code: 'session_unknown', message: `There is no session ${id}.` } as const
  const ago = formatDuration(Date.now() - tombstone.expiredAt)
  return { code: 'session_expired', message: `The session ${id} expired ${ago} ago.` } as const
}
