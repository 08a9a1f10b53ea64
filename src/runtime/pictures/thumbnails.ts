// Thumbnails of a session's files: made once, behind the process wall, and cached in memory up to a limit.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../../sandbox/limits.ts'
import type { PictureJob } from '../../../sandbox/protocol.ts'
import { openSandbox } from '../../runner/sandbox.ts'
import { createThumbnailCache, type Thumbnail } from './thumbnail-cache.ts'
import { createThumbnailScheduler, type ThumbnailProcess } from './thumbnail-scheduler.ts'

interface ThumbnailRequest {
  /** The owner of the session; processes are shared out by owner. */
  readonly owner: string
  readonly session: string
  readonly name: string
  readonly hash: string
  /** Path of the bytes. */
  readonly path: string
}

export interface Thumbnails {
  /** Throws ThumbnailsBusy if too many wait or it takes too long; a late one is still made, for the next request. */
  of(request: ThumbnailRequest): Promise<Thumbnail>
  /** Drops the cached thumbnails of a session. */
  forget(session: string): void
  close(): Promise<void>
}

/** Too many thumbnails are waiting, or this one took too long. */
class ThumbnailsBusy extends Error {
  readonly code = 'EASEL_THUMBNAILS_BUSY'
  constructor() {
    super('This server has many thumbnails to make. Ask again in a few seconds.')
  }
}

/** The session has expired, or has dropped this version for space, since the path was looked up. */
class BytesGone extends Error {
  readonly code = 'EASEL_STORE_NO_FILE'
  constructor() {
    super('The content of this version is no longer stored.')
  }
}

export interface ThumbnailDeps {
  readonly limits: Limits
  readonly requireSandbox?: boolean
  /** Starts a process for a session; replaced only in tests. */
  readonly open?: (session: string) => Promise<ThumbnailProcess>
  /** How long one request waits. */
  readonly waitMs?: number
  /** How long an idle process is kept. */
  readonly idleMs?: number
}

/** Short, because a browser has few connections. */
const WAIT_MS = 5000
const IDLE_MS = 10_000
/** CPU time for one thumbnail; a longer one is not worth it. */
const MAX_CPU_MS = 5000

/** Starts no process before the first request. */
export function createThumbnails(deps: ThumbnailDeps): Thumbnails {
  const cache = createThumbnailCache()
  const underWay = new Map<string, Promise<Thumbnail>>()
  const lines = createThumbnailScheduler(deps.open ?? opener(deps), deps.idleMs ?? IDLE_MS)

  const begin = (request: ThumbnailRequest, key: string): Promise<Thumbnail> => {
    const { promise, resolve, reject } = Promise.withResolvers<Thumbnail>()
    const isTaken = lines.add(request.session, request.owner, {
      run: (maker) => maker.then((at) => make(at, request)).then(resolve, reject),
      giveUp: () => reject(new ThumbnailsBusy()),
    })
    if (!isTaken) throw new ThumbnailsBusy()
    underWay.set(key, promise)
    const over = (): void => void underWay.delete(key)
    promise.then((made) => cache.set(key, made)).then(over, over)
    return promise
  }
  return {
    async of(request) {
      const key = `${request.session}/${request.hash}`
      return cache.get(key) ?? (await withTimeout(underWay.get(key) ?? begin(request, key), deps.waitMs ?? WAIT_MS))
    },
    forget: (session) => cache.forget(`${session}/`),
    close: () => lines.close(),
  }
}

function opener({ limits, requireSandbox = false }: ThumbnailDeps): () => Promise<ThumbnailProcess> {
  const each = { ...limits, timeoutMs: Math.min(limits.timeoutMs, MAX_CPU_MS) }
  return async () => {
    // `processes.ts` removes folders of this name that a killed program left behind.
    const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
    return openSandbox({ folder, limits: each, requireSandbox, lowersPriority: true, cells: false })
  }
}

const SIDE = 320
const MAX_BYTES = 60_000

async function make(maker: ThumbnailProcess, { name, path }: ThumbnailRequest): Promise<Thumbnail> {
  await maker.placeFile(name, path).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === 'ENOENT' ? new BytesGone() : error
  })
  try {
    const job: PictureJob = { names: [name], box: { width: SIDE, height: SIDE }, most: MAX_BYTES, format: 'webp' }
    const made = await maker.show(job)
    if ('problem' in made && made.isTransient) throw new ThumbnailsBusy()
    return made
  } finally {
    await maker.removeFile(name)
  }
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new ThumbnailsBusy()), ms)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
