// Reads JSON bodies: checks content type, size and time, and validates them against a schema.
import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { parseJson } from '../../sandbox/bounded-json.ts'
import { Problem } from './problem.ts'

/** Exceeds the longest snippet with its edits. */
const MAX_BYTES = 2_000_000
const DEADLINE_MS = 15_000

/** The body of a request; an empty one counts as `{}`. Throws 400, 408, 413, 415 or 422. */
export async function readBody<T>(c: Context, shape: z.ZodMiniType<T>): Promise<T> {
  const bytes = await readBytes(c)
  const type = c.req.header('content-type') ?? ''
  // A form of a foreign page can send a body, but not with this content type.
  if ((bytes.length > 0 || type !== '') && !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(415, 'unsupported_media_type', 'The body must be JSON, with "Content-Type: application/json".')
  const parsed = shape.safeParse(bytes.length === 0 ? {} : jsonOf(bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  const wanted = issue?.code === 'invalid_value' ? `it is one of ${issue.values.join(', ')}` : issue?.message
  throw new Problem(
    422,
    'bad_request',
    `${where === '' ? 'The body' : `"${where}"`} is not as it should be: ${wanted}.`,
  )
}

async function readBytes(c: Context): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_BYTES) throw tooLarge()
  const reader = c.req.raw.body?.getReader()
  if (!reader) return new Uint8Array()
  const late = Promise.withResolvers<never>()
  late.promise.catch(() => undefined)
  const timer = setTimeout(() => late.reject(tooSlow()), DEADLINE_MS)
  const next = () => Promise.race([reader.read(), late.promise])
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for (let part = await next(); !part.done; part = await next()) {
      bytes += part.value.length
      if (bytes > MAX_BYTES) throw tooLarge()
      parts.push(part.value)
    }
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(parts)
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes)
  } catch (error) {
    if (error instanceof RangeError)
      throw new Problem(413, 'too_large', `The body is too much to read. ${error.message}`)
    throw new Problem(400, 'bad_json', 'The body is not JSON.')
  }
}

function tooSlow(): Problem {
  return new Problem(408, 'too_slow', `The body did not come within ${DEADLINE_MS / 1000} s.`)
}

function tooLarge(): Problem {
  return new Problem(413, 'too_large', `The body has more than ${MAX_BYTES.toLocaleString('en-US')} bytes, the limit.`)
}
