// Streams uploads: each file of the form goes straight to a private folder on disk, and the request is refused as soon
// as it exceeds a limit.
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { Context } from 'hono'
import { maxFileBytes } from '../../../sandbox/limits.ts'
import { storeError } from '../../../sessions/errors.ts'
import { Problem } from '../problem.ts'
import type { UploadReservation } from './upload-quota.ts'

export interface Received {
  /** The name that the browser sent. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

export interface UploadLimits {
  readonly fileBytes: number
  /** Of a file with the name of a table. */
  readonly tableBytes: number
  /** Bytes that the session has left for files. */
  readonly bytes: number
  readonly files: number
  /** Makes the folder that the files are written to. */
  readonly temporaryFolder: () => Promise<string>
  /** Counts the bytes of all uploads in progress. */
  readonly reservation: Pick<UploadReservation, 'count'>
}

/** Name of the form's file field. */
const FIELD = 'files'
/** Allowance for the form around the files: boundaries, headers, small fields. */
const FORM_BYTES = 1_000_000

/** Calls `take` with the files when all are complete, then deletes them. Throws 400, 413 or 415. */
export async function receiveUpload<T>(
  c: Context,
  limits: UploadLimits,
  take: (files: readonly Received[]) => Promise<T>,
): Promise<T> {
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new Problem(415, 'unsupported_media_type', `Send files as "multipart/form-data", in the field "${FIELD}".`)
  const { body } = c.req.raw
  if (!body) throw new Problem(400, 'bad_form', 'The form is empty.')
  const form = Readable.fromWeb(body)
  // A client may disconnect before the form is read; `readForm` handles that.
  form.on('error', () => undefined)
  const length = Number(c.req.header('content-length') ?? 0)
  if (length > limits.bytes + FORM_BYTES) {
    await discard(form)
    throw full(limits.bytes)
  }
  const folder = await limits.temporaryFolder()
  try {
    const files = await readForm(form, type, folder, limits).catch((error: unknown) => {
      throw storeError(error, dirname(dirname(folder)))
    })
    if (files.length === 0) throw new Problem(400, 'no_files', `The form has no file in the field "${FIELD}".`)
    return await take(files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readForm(body: Readable, type: string, folder: string, limits: UploadLimits): Promise<Received[]> {
  const form = createForm(type, limits)
  const received: Promise<Received>[] = []
  const streams: BusboyFileStream[] = []
  const ended = Promise.withResolvers<void>()
  let failure: unknown
  let total = 0
  let all = 0
  const fail = (error: unknown): void => {
    failure ??= error
    body.unpipe(form)
    // Destroyed without an error, a stream with unread data would never finish.
    for (const stream of streams) stream.destroy(REFUSED)
    ended.resolve()
  }
  const guard = guardStall(body, form, () => fail(unreadable(new Error('a part of it has no header that can be used'))))
  form.on('file', (field: string, stream: BusboyFileStream, name: string | undefined) => {
    // A form cut off within a part reports it here too, even for an ignored part; unhandled, that ends the server.
    stream.on('error', () => undefined)
    guard.add(stream)
    if (field !== FIELD || !name || failure) return void stream.resume()
    streams.push(stream)
    const largest = maxFileBytes(limits, name)
    stream.on('data', (part: Buffer) => {
      total += part.length
      if (stream.bytesRead > largest) fail(tooLarge(name, largest))
      if (total > limits.bytes) fail(full(limits.bytes))
      const crowded = limits.reservation.count(part.length)
      if (crowded) fail(crowded)
    })
    stream.on('limit', () => fail(tooLarge(name, largest)))
    const writing = writeFile(stream, unescapeName(name), folder)
    writing.catch(fail)
    received.push(writing)
  })
  for (const limit of ['filesLimit', 'partsLimit', 'fieldsLimit'] as const)
    form.on(limit, () =>
      fail(
        new Problem(
          413,
          'EASEL_LIMIT_FILES',
          `The form has too many parts; at most ${limits.files} files are taken at once.`,
        ),
      ),
    )
  form.on('error', (error: Error) => fail(unreadable(error)))
  form.on('finish', () => ended.resolve())
  body.on('error', (error) => fail(unreadable(error)))
  if (body.errored) fail(unreadable(body.errored))
  // Other parts of the form are discarded, up to a limit.
  body.on('data', (part: Buffer) => {
    all += part.length
    if (all > limits.bytes + FORM_BYTES) fail(full(limits.bytes))
  })
  body.pipe(form)
  await ended.promise
  const files = await Promise.allSettled(received)
  if (failure) {
    await discard(body)
    throw failure
  }
  return files.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/**
 * Busboy waits forever after a part without a header that ends within one chunk: then no file is being written and a
 * chunk stays unread, while otherwise one of the two makes progress within a turn of the event loop.
 */
function guardStall(body: Readable, form: Writable, stalled: () => void) {
  const streams: BusboyFileStream[] = []
  const look = (): void => {
    const isWriting = streams.some(({ readableEnded, destroyed }) => !readableEnded && !destroyed)
    if (form.writableLength > 0 && !isWriting) stalled()
  }
  const lookSoon = (): void => void setImmediate(() => setImmediate(look))
  body.on('data', lookSoon)
  return {
    add(stream: BusboyFileStream): void {
      streams.push(stream)
      stream.once('close', lookSoon)
    },
  }
}

const REFUSED = new Error('The form was refused.')

function createForm(type: string, limits: UploadLimits) {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fileSize: Math.max(limits.fileBytes, limits.tableBytes),
        files: limits.files,
        fields: 20,
        fieldSize: 10_000,
        parts: limits.files + 20,
        headerPairs: 50,
        headerSize: 16_384,
      },
    })
  } catch (error) {
    throw unreadable(error as Error)
  }
}

/** Browsers escape a quotation mark in a file name as %22. */
function unescapeName(name: string): string {
  return name.replaceAll('%22', '"')
}

const DISCARD_MS = 10_000
const DISCARD_BYTES = 1_000_000_000

/** Reads and discards the rest of a refused form: a browser that is still sending does not read the response. */
async function discard(body: Readable): Promise<void> {
  let bytes = 0
  const done = Promise.withResolvers<void>()
  const timer = setTimeout(() => done.resolve(), DISCARD_MS)
  body.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > DISCARD_BYTES) done.resolve()
  })
  for (const event of ['end', 'close', 'error']) body.on(event, () => done.resolve())
  if (body.readableEnded || body.destroyed) done.resolve()
  body.resume()
  await done.promise
  clearTimeout(timer)
  body.pause()
}

/** Writes to a random name, because the browser's name is untrusted. */
async function writeFile(stream: BusboyFileStream, name: string, folder: string): Promise<Received> {
  const path = join(folder, randomBytes(16).toString('hex'))
  await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { name, path, bytes: stream.bytesRead }
}

function unreadable({ message }: Error): Problem {
  return new Problem(400, 'bad_form', `The form could not be read: ${message.replace(/\.$/, '')}.`)
}

function tooLarge(name: string, limit: number): Problem {
  const message = `The file ${JSON.stringify(name.slice(0, 100))} has more than ${figure(limit)} bytes, the limit. Make it smaller.`
  return new Problem(413, 'EASEL_LIMIT_FILE_BYTES', message)
}

function full(left: number): Problem {
  const message = `With these files the session would have too many bytes; it has space for ${figure(Math.max(0, left))}. Remove some files, or start a new session.`
  return new Problem(413, 'EASEL_LIMIT_SESSION', message)
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
