// Asks the child for a picture for a model, or for a thumbnail for the user, and reads it as untrusted.
import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { PictureJob, Report } from '../../sandbox/protocol.ts'
import type { Child } from './child.ts'
import { queryChild, isQueryFailure, type QueryFailure } from './child-query.ts'

interface PreparedPicture {
  readonly content: Uint8Array
  readonly mime: string
  readonly width: number
  readonly height: number
}

/** A picture, or a sentence that says why there is none. */
export type Prepared = PreparedPicture | Unprepared

/** `isTransient`: the cause is temporary and not the picture. */
interface Unprepared {
  readonly problem: string
  readonly isTransient?: true
}

type Answer = Omit<Extract<Report, { type: 'picture' }>, 'type' | 'id'>

/** Enough to decode up to 16 pictures and encode one. */
const SHOW = { cpuMs: 20_000, wallMs: 60_000 }

/** Asks the child that works in `scratch`; `id` is new each time. Kills it if it gives no answer or `signal` aborts. */
export async function requestPicture(
  at: { readonly child: Child; readonly scratch: string },
  id: number,
  job: PictureJob,
  limits: Limits,
  signal?: AbortSignal,
): Promise<Prepared | QueryFailure> {
  const { child, scratch } = at
  const bounds = { ...SHOW, cpuMs: Math.min(limits.timeoutMs, SHOW.cpuMs) }
  const read = (report: Report): Answer | undefined =>
    report.type === 'picture' && report.id === id ? report : undefined
  const answer = await queryChild(child, { type: 'picture', id, job }, bounds, read, signal)
  if (isQueryFailure(answer)) return answer
  const { shown, problem } = answer
  if (!shown) return problem === undefined ? { why: 'crashed' } : { problem }
  const content = await bytesOf(join(scratch, shown.blob), Math.min(job.most, shown.bytes))
  if (!content || content.length !== shown.bytes || mimeOf(content) !== shown.mime) {
    child.killForViolation()
    await child.gone
    return { why: 'crashed' }
  }
  return { content, mime: shown.mime, width: shown.width, height: shown.height }
}

/** Why a picture could not be prepared, in a sentence. */
export function describeUnprepared({ names }: PictureJob, { why }: QueryFailure): Unprepared {
  const problem = `${names.map((name) => JSON.stringify(name)).join(', ')} ${NOT_PREPARED}: ${REASONS[why]}`
  return why === 'busy' || why === 'stalled' ? { problem, isTransient: true } : { problem }
}

const NOT_PREPARED = 'could not be prepared for the model'
const SMALLER = 'Make a smaller copy and look at that.'
const REASONS: Readonly<Record<QueryFailure['why'], string>> = {
  busy: 'the machine is busy. Try again later.',
  heavy: `the reader ran out of time. ${SMALLER}`,
  memory: `the reader ran out of memory. ${SMALLER}`,
  stalled: `the reader stopped responding. ${SMALLER}`,
  crashed: `the reader crashed. ${SMALLER}`,
}

/** Reads a regular file of at most `most` bytes and removes it; undefined for anything else. */
async function bytesOf(path: string, most: number): Promise<Uint8Array | undefined> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
  const file = await open(path, flags).catch(() => undefined)
  if (!file) return undefined
  try {
    const facts = await file.stat()
    if (!facts.isFile() || facts.nlink !== 1 || facts.size > most) return undefined
    const content = Buffer.alloc(facts.size)
    const { bytesRead } = await file.read(content, 0, content.length, 0)
    return bytesRead === content.length ? content : undefined
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

function mimeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF8')) return 'image/gif'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : undefined
}
