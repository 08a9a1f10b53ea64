// Small pictures of a session's files for people: made once, in a process behind the wall, and kept in memory up to a bound.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../../sandbox/limits.ts'
import type { PictureJob } from '../../../sandbox/protocol.ts'
import { openSandbox } from '../../runner/sandbox.ts'
import { createThumbnailCache } from './thumbnail-cache.ts'
import { createLines, type Maker } from './thumbnail-workers.ts'

/** A picture of at most 320 x 320 pixels, or why there is none. */
export type Thumbnail =
  | { readonly content: Uint8Array; readonly mime: string; readonly width: number; readonly height: number }
  | { readonly problem: string }

interface ThumbnailRequest {
  /** Whose session it is: a process is one owner's turn. */
  readonly owner: string
  readonly session: string
  readonly name: string
  readonly hash: string
  /** Where the bytes lie. */
  readonly path: string
}

export interface Thumbnails {
  /** Throws ThumbnailsBusy where too many are waited for, or it takes long; then it is still made, to be asked for again. */
  of(request: ThumbnailRequest): Promise<Thumbnail>
  /** Forgets those of a session. */
  forget(session: string): void
  close(): Promise<void>
}

/** Too many are waited for. */
class ThumbnailsBusy extends Error {
  readonly code = 'EASEL_THUMBNAILS_BUSY'
  constructor() {
    super('This server has many thumbnails to make. Ask again in a few seconds.')
  }
}

/** The session expired, or made room, since somebody looked where the bytes are. */
class BytesGone extends Error {
  readonly code = 'EASEL_STORE_NO_FILE'
  constructor() {
    super('The bytes of this version are not kept any more.')
  }
}

export interface ThumbnailDeps {
  readonly limits: Limits
  readonly requireSandbox?: boolean
  /** Starts a process for a session; another one only in tests. */
  readonly open?: (session: string) => Promise<Maker>
  /** How long one answer is waited for. */
  readonly waitMs?: number
  /** How long a process that has nothing to do is kept. */
  readonly idleMs?: number
}

/** A browser has few connections: none is held for long. */
const WAIT_MS = 5000
const IDLE_MS = 10_000
/** Of processor time for one: what takes longer is not worth it. */
const MAX_CPU_MS = 5000

/** Starts nothing before something is asked for. */
export function createThumbnails(deps: ThumbnailDeps): Thumbnails {
  const cache = createThumbnailCache()
  const underWay = new Map<string, Promise<Thumbnail>>()
  const lines = createLines(deps.open ?? opener(deps), deps.idleMs ?? IDLE_MS)

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
      return cache.get(key) ?? (await patiently(underWay.get(key) ?? begin(request, key), deps.waitMs ?? WAIT_MS))
    },
    forget: (session) => cache.forget(`${session}/`),
    close: () => lines.close(),
  }
}

function opener({ limits, requireSandbox = false }: ThumbnailDeps): () => Promise<Maker> {
  const each = { ...limits, timeoutMs: Math.min(limits.timeoutMs, MAX_CPU_MS) }
  return async () => {
    // `rooms.ts` sweeps what a killed program leaves under such a name.
    const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
    return openSandbox({ folder, limits: each, requireSandbox, yields: true, cells: false })
  }
}

const SIDE = 320
const MAX_BYTES = 60_000

async function make(maker: Maker, { name, path }: ThumbnailRequest): Promise<Thumbnail> {
  await maker.place(name, path).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === 'ENOENT' ? new BytesGone() : error
  })
  try {
    const job: PictureJob = { names: [name], box: { width: SIDE, height: SIDE }, most: MAX_BYTES, format: 'webp' }
    const made = await maker.show(job)
    if ('problem' in made && made.passing) throw new ThumbnailsBusy()
    return made
  } finally {
    await maker.take(name)
  }
}

async function patiently<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new ThumbnailsBusy()), ms)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
