// Streams a response body into a new file and fails as soon as it proves to be a web page, too large or too slow.
import type { IncomingMessage } from 'node:http'
import { open } from 'node:fs/promises'
import { FetchError } from './fetch-error.ts'
import { detectExtension, HEAD_BYTES } from '../../sandbox/file-signature.ts'

export interface BodyOptions {
  readonly path: string
  readonly maxBytes: number
  /** The fetch fails if fewer than `bytes` arrive within `ms` milliseconds. */
  readonly slow: { readonly bytes: number; readonly ms: number }
  /** The URL for display. */
  readonly shown: string
  /** Ends the whole fetch. */
  readonly stop: (reason: FetchError) => void
}

export interface Body {
  readonly bytes: number
  /** The file extension that its first bytes indicate. */
  readonly ending: string | undefined
}

/** Writes the body to `path`, which must not exist. Throws FetchError or a system error. */
export async function saveBody(response: IncomingMessage, options: BodyOptions): Promise<Body> {
  const { path, maxBytes, shown } = options
  checkHead(response, options)
  const type = response.headers['content-type'] ?? ''
  let bytes = 0
  let head = Buffer.alloc(0)
  let ending: string | undefined
  const judge = (): void => {
    ending = detectExtension(head)
    if (ending === 'html' || (ending === undefined && /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type)))
      throw new FetchError('fetch_html', `${shown} is a web page, not a picture or a table.`)
  }
  const file = await open(path, 'wx', 0o600)
  const watch = watchPace(() => bytes, options)
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > maxBytes) throw tooLarge(shown, `more than ${formatNumber(maxBytes)}`, maxBytes)
      if (head.length < HEAD_BYTES) {
        head = Buffer.concat([head, part.subarray(0, HEAD_BYTES - head.length)])
        if (head.length === HEAD_BYTES) judge()
      }
      for (let at = 0; at < part.length;) at += (await file.write(part, at)).bytesWritten
    }
  } finally {
    clearInterval(watch)
    await file.close()
  }
  if (bytes === 0) throw new FetchError('fetch_empty', `${shown} is empty (0 bytes).`)
  judge()
  return { bytes, ending }
}

/** Rejects a body that its headers show to be too large or compressed. */
function checkHead({ headers }: IncomingMessage, { maxBytes, shown }: BodyOptions): void {
  const length = Number(headers['content-length'] ?? 0)
  if (length > maxBytes) throw tooLarge(shown, formatNumber(length), maxBytes)
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity')
    throw new FetchError(
      'fetch_encoding',
      `${shown} was sent compressed although an uncompressed file was requested, so it was not fetched.`,
    )
}

function watchPace(bytes: () => number, { slow, shown, stop }: BodyOptions): NodeJS.Timeout {
  let before = 0
  return setInterval(() => {
    const now = bytes()
    if (now - before < slow.bytes) {
      const limit = `less than ${formatNumber(slow.bytes)} bytes in ${slow.ms / 1000} s`
      stop(new FetchError('fetch_slow', `${shown} arrives too slowly (${limit}), so the fetch was stopped.`))
    }
    before = now
  }, slow.ms)
}

function tooLarge(shown: string, has: string, limit: number): FetchError {
  return new FetchError('fetch_too_large', `${shown} has ${has} bytes; the limit is ${formatNumber(limit)}.`)
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US')
}
