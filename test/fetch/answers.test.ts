// Response headers and bodies, without a network: what is kept, and what is refused when.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { saveBody, type Body } from '../../src/fetch/body.ts'
import { HEAD_BYTES } from '../../sandbox/file-signature.ts'

let folder = ''
let count = 0
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'easel-body-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.useRealTimers())

type Parts = Iterable<Buffer> | AsyncIterable<Buffer>
interface Kept {
  readonly path: string
  readonly stops: string[]
  readonly work: Promise<Body>
}

function keep(parts: Parts, headers: Record<string, string> = {}, maxBytes = 5000): Kept {
  const path = join(folder, String(++count))
  const stops: string[] = []
  const response = Object.assign(Readable.from(parts), { headers }) as unknown as IncomingMessage
  const stop = ({ code, message }: { code: string; message: string }): void => void stops.push(`${code}: ${message}`)
  const work = saveBody(response, { path, maxBytes, slow: { bytes: 1500, ms: 2500 }, shown: 'a.org/b', stop })
  work.catch(() => undefined)
  return { path, stops, work }
}
/** The code and sentence of the refusal, or the body. */
const told = ({ work }: Kept): Promise<unknown> =>
  work.catch((error: { code: string; message: string }) => `${error.code}: ${error.message}`)
const bytes = (size: number): Buffer => Buffer.alloc(size, 'x')

const PAGE = 'fetch_html: a.org/b is a web page, not a picture or a table.'
const PACKED =
  'fetch_encoding: a.org/b was sent compressed although an uncompressed file was requested, so it was not fetched.'

/** Parts of which the last is an error: a refusal before it proves that nothing more was read. */
async function* thenFails(...parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts
  await new Promise((resolve) => setImmediate(resolve))
  throw new Error('was read')
}

describe('a body', () => {
  it('is kept in a private file of its own', async () => {
    const kept = keep([Buffer.from('\x89PNG\r\n', 'latin1'), bytes(3000), bytes(1)])
    expect(await told(kept)).toEqual({ bytes: 3007, ending: 'png' })
    expect(readFileSync(kept.path, 'latin1')).toBe(`\x89PNG\r\n${'x'.repeat(3001)}`)
    expect(statSync(kept.path).mode & 0o777).toBe(0o600)
    expect(kept.stops).toEqual([])
    const taken = join(folder, String(count + 1))
    writeFileSync(taken, 'mine')
    expect(await told(keep([bytes(1)]))).toMatch(/^EEXIST: /)
    expect(readFileSync(taken, 'utf8')).toBe('mine')
  })

  it('that is empty is refused', async () => {
    expect(await told(keep([], { 'content-type': 'text/html' }))).toBe('fetch_empty: a.org/b is empty (0 bytes).')
  })

  it('that breaks off ends in what broke it', async () => {
    expect(await told(keep(thenFails(bytes(10))))).toBe('undefined: was read')
  })

  it('may be as large as is allowed, by its own word and in truth', async () => {
    expect(await told(keep([bytes(5000)], { 'content-length': '5000' }))).toMatchObject({ bytes: 5000 })
    expect(await told(keep([bytes(5)], { 'content-length': 'many' }))).toMatchObject({ bytes: 5 })
    const files = readdirSync(folder).length
    expect(await told(keep(thenFails(), { 'content-length': '1234567' }))).toBe(
      'fetch_too_large: a.org/b has 1,234,567 bytes; the limit is 5,000.',
    )
    expect(readdirSync(folder)).toHaveLength(files)
    const kept = keep(thenFails(bytes(3000), bytes(2001)))
    expect(await told(kept)).toBe('fetch_too_large: a.org/b has more than 5,000 bytes; the limit is 5,000.')
    expect(statSync(kept.path).size).toBe(3000)
    expect(await told(keep([bytes(3000), bytes(2000)]))).toMatchObject({ bytes: 5000 })
  })

  it('comes as it is, by its head', async () => {
    for (const encoding of ['', ' ', 'identity', ' IDENTITY '])
      expect(await told(keep([bytes(5)], { 'content-encoding': encoding }))).toMatchObject({ bytes: 5 })
    for (const encoding of ['gzip', 'br', 'identity, gzip'])
      expect(await told(keep(thenFails(), { 'content-encoding': encoding }))).toBe(PACKED)
  })
})

describe('a web page', () => {
  it.each(['text/html', ' \tTEXT/HTML; charset=x', 'application/xhtml+xml'])('is one by the type %j', async (type) => {
    expect(await told(keep([bytes(5)], { 'content-type': type }))).toBe(PAGE)
    expect(await told(keep([Buffer.from('GIF89a')], { 'content-type': type }))).toEqual({ bytes: 6, ending: 'gif' })
  })

  it.each(['text/htmlx', 'x/text/html', 'text/plain', 'application/xml', 'application/xhtmllxml'])(
    'is none by the type %j',
    async (type) =>
      expect(await told(keep([bytes(5)], { 'content-type': type }))).toEqual({ bytes: 5, ending: undefined }),
  )

  it('is known as soon as its first bytes are there, in however many parts', async () => {
    const page = (size: number): Buffer => Buffer.from('<html>'.padEnd(size))
    expect(await told(keep(thenFails(page(HEAD_BYTES))))).toBe(PAGE)
    expect(await told(keep(thenFails(page(HEAD_BYTES - 1))))).toBe('undefined: was read')
    expect(await told(keep([page(HEAD_BYTES - 1)]))).toBe(PAGE)
    expect(await told(keep(thenFails(Buffer.from('<ht'), Buffer.from('ml>'), bytes(HEAD_BYTES - 6))))).toBe(PAGE)
    expect(await told(keep([Buffer.from('<ht'), Buffer.from('ml>')]))).toBe(PAGE)
    expect(await told(keep([bytes(HEAD_BYTES - 6), page(6), bytes(9)]))).toEqual({
      bytes: HEAD_BYTES + 9,
      ending: undefined,
    })
  })
})

describe('the pace', () => {
  const SLOW = 'fetch_slow: a.org/b arrives too slowly (less than 1,500 bytes in 2.5 s), so the fetch was stopped.'

  it('is too slow where less than so much came in a while, until the body is there', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const heard: string[][] = []
    const passes = async (ms: number, written: number): Promise<void> => {
      while (statSync(kept.path).size < written) await new Promise((resolve) => setImmediate(resolve))
      vi.advanceTimersByTime(ms)
      heard.push(kept.stops.splice(0))
    }
    const kept: Kept = keep(
      (async function* () {
        yield bytes(1500)
        await passes(2499, 1500)
        await passes(1, 1500)
        yield bytes(1499)
        await passes(2500, 2999)
        await passes(2500, 2999)
        yield bytes(1500)
        await passes(2500, 4499)
      })(),
    )
    expect(await told(kept)).toMatchObject({ bytes: 4499 })
    expect(heard).toEqual([[], [], [SLOW], [SLOW], []])
    vi.advanceTimersByTime(10_000)
    expect(kept.stops).toEqual([])
  })

  it('is not watched after a refusal', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const kept = keep([Buffer.from('<html>'.padEnd(2000))])
    expect(await told(kept)).toBe(PAGE)
    vi.advanceTimersByTime(10_000)
    expect(kept.stops).toEqual([])
  })
})
