// Files that the user names by URL: fetched from the web, added like any upload, and reported in notices.
import { findLastEvent } from '../../sessions/journal/derived.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { maxFileBytes, type Limits } from '../../sandbox/limits.ts'
import { StoreError } from '../../sessions/errors.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { FetchError } from '../fetch/fetch-error.ts'
import type { Fetch, Fetched } from '../fetch/fetch-file.ts'
import { MAX_URLS, urlsIn } from '../fetch/urls-in.ts'
import { readUrl, formatUrl } from '../fetch/web-url.ts'
import { FileRefused } from '../runner/file-rules.ts'
import type { SessionJournal } from './event-stream.ts'
import type { TurnRequest } from '../turn.ts'
import type { SessionFiles } from './session-files.ts'
import type { Queue } from '../../sandbox/queue.ts'
import { uploadName } from './upload-name.ts'

export interface FileFetcherDeps {
  readonly stored: StoredSession
  readonly limits: Limits
  readonly files: SessionFiles
  readonly inTurn: Queue
  /** How files are fetched; default: from the web; false: never. */
  readonly fetch: Fetch | false | undefined
}

export interface FileFetcher {
  /**
   * Adds the files whose URLs are in the request's text and resolves with the request including their names. A file
   * that cannot be fetched is left out with a notice; no notices follow once `signal` aborts.
   */
  addReferencedFiles(request: TurnRequest, journal: SessionJournal, signal: AbortSignal): Promise<TurnRequest>
  /** Fetches one file and adds it once the queue allows. Throws FetchError, FileRefused or StoreError. */
  fetch(url: string, signal: AbortSignal): Promise<EventOf<'upload'>>
  /** Aborts the downloads in progress. */
  close(): void
}

/** Prefix of each notice that tells the model that a requested file is missing. */
const NOT_FETCHED = 'Not fetched: '

export function createFileFetcher(deps: FileFetcherDeps): FileFetcher {
  const closing = new AbortController()
  const untilClosed = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal])
  return {
    async addReferencedFiles(request, journal, signal) {
      const { urls, more } = urlsIn(request.text)
      if (urls.length === 0) return request
      const names = new Map(urls.map((url) => [url, knownName(deps.stored, url)]))
      const wanted = urls.filter((url) => names.get(url) === undefined)
      const notice = (text: string): Promise<Event> => journal.record({ type: 'notice', text })
      if (wanted.length > 0)
        await notice(deps.fetch === false ? fetchDisabledMessage(wanted) : `Fetching ${listed(wanted)}.`)
      for await (const { url, event, problem } of fetchAll(deps, wanted, untilClosed(signal))) {
        if (event) names.set(url, event.name)
        if (event) await journal.show(event)
        else await notice(`${NOT_FETCHED}${problem}`)
      }
      if (more && !signal.aborted) await notice(`${NOT_FETCHED}only ${MAX_URLS} URLs of a message are fetched.`)
      const fetched = [...names.values()].filter((name) => name !== undefined)
      return { ...request, files: [...new Set([...request.files, ...fetched])] }
    },
    async fetch(url, signal) {
      if (deps.fetch === false) throw new FetchError('fetch_off', fetchDisabledMessage([url]))
      const { href } = readUrl(url)
      const folder = await newFolder()
      try {
        const fetched = await fetcher(deps, folder, untilClosed(signal))(href)
        return await deps.inTurn.run(() => addFetchedFile(deps, href, fetched))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    close: () => closing.abort(),
  }
}

interface Outcome {
  readonly url: string
  readonly event?: EventOf<'upload'>
  readonly problem?: string
}

/** Downloads in parallel, so that the time limit of one is that of all; adds the files one after another. */
async function* fetchAll(deps: FileFetcherDeps, urls: readonly string[], signal: AbortSignal): AsyncGenerator<Outcome> {
  if (urls.length === 0 || deps.fetch === false) return
  const over = new AbortController()
  const folder = await newFolder()
  const get = fetcher(deps, folder, AbortSignal.any([signal, over.signal]))
  const downloads = urls.map((url) => ({ url, fetched: get(url) }))
  const settled = Promise.allSettled(downloads.map(({ fetched }) => fetched))
  try {
    for (const { url, fetched } of downloads) {
      const outcome = await fetched
        .then((file) => addFetchedFile(deps, url, file))
        .then(
          (event) => ({ url, event }),
          (error: unknown) => ({ url, problem: problemOf(error) }),
        )
      if (signal.aborted && !('event' in outcome)) return
      yield outcome
    }
  } finally {
    over.abort()
    await settled
    await rm(folder, { recursive: true, force: true })
  }
}

function fetcher(
  { fetch, limits }: FileFetcherDeps,
  folder: string,
  signal: AbortSignal,
): (url: string) => Promise<Fetched> {
  return async (url) => {
    // Loaded only when there is something to fetch.
    const get = fetch || (await import('../fetch/fetch-file.ts')).fetchFile
    return get(url, { signal, folder, maxBytes: maxFileBytes(limits, new URL(url).pathname) })
  }
}

function addFetchedFile(
  { stored, files }: FileFetcherDeps,
  url: string,
  { name, path }: Fetched,
): Promise<EventOf<'upload'>> {
  const taken = new Set(stored.currentFiles().map((file) => file.name))
  return files.upload({ name: uploadName(name, taken), path, isFinal: true, url })
}

/** The name of the current file that was fetched from this URL and has not changed since. */
function knownName(stored: StoredSession, url: string): string | undefined {
  const hashes = new Map(stored.currentFiles().map(({ name, hash }) => [name, hash]))
  const upload = findLastEvent(
    stored.events,
    (event) =>
      event.type === 'upload' && event.url === url && event.hash !== undefined && hashes.get(event.name) === event.hash,
  )
  return upload?.event.type === 'upload' ? upload.event.name : undefined
}

/** Why a file was not added, as a sentence; rethrows bugs and disk errors. */
function problemOf(error: unknown): string {
  const told =
    error instanceof FetchError ||
    error instanceof FileRefused ||
    (error instanceof StoreError && error.code.startsWith('EASEL_LIMIT'))
  if (!told) throw error
  return error.message
}

/** `processes.ts` removes folders of this name that a killed program left behind. */
function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
}

function fetchDisabledMessage(urls: readonly string[]): string {
  const files = urls.length === 1 ? 'file' : 'files'
  return `${NOT_FETCHED}${listed(urls)}, as fetching is off (--no-fetch). Attach the ${files} instead.`
}

function listed(urls: readonly string[]): string {
  return urls.map(formatUrl).join(', ')
}
