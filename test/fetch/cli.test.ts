// File URLs on the command line, and the setting that forbids fetching.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { openCliSession } from '../../src/cli/cli-session.ts'
import { planUploads, UploadError } from '../../src/cli/uploads.ts'
import { readConfig, UsageError } from '../../src/config/config.ts'
import type { Fetch } from '../../src/fetch/fetch-file.ts'
import { easel } from '../cli/main.ts'
import { eventsOfType, newFolder, onlyEvent, portrait } from '../cli/program.ts'

const A = 'https://example.org/a.png'
const GRAY = 'make this grayscale'

describe('FILES', () => {
  it('may be addresses among paths, whose names they do not take', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'sub', 'a.png'), readFileSync(portrait))
    const asked: string[] = []
    const fetch: Fetch = (url, request) => {
      asked.push(url)
      const path = join(request.folder, 'x')
      writeFileSync(path, readFileSync(portrait))
      return Promise.resolve({ name: 'a.png', path, bytes: 1 })
    }
    const config = readConfig({ data: join(folder, 'data') }, { EASEL_CONFIG: '', HOME: folder })
    const cliSession = openCliSession({
      config,
      requireSandbox: false,
      id: undefined,
      verb: 'ask',
      idled: () => undefined,
      fetch,
    })
    const shown: Event[] = []
    const show = <T extends Event>(event: T): Promise<T> => {
      shown.push(event)
      return Promise.resolve(event)
    }
    const brought: unknown[] = []
    for await (const one of cliSession.upload({ show }, [`${A}#top`, join(folder, 'sub', 'a.png'), A]))
      if ('event' in one) brought.push([one.event.name, one.event.url, one.path])
    await cliSession.close()
    expect(asked).toEqual([A, A])
    expect(brought).toEqual([
      ['a.png', A, `${A}#top`],
      ['a (2).png', undefined, join(folder, 'sub', 'a.png')],
      ['a (3).png', A, A],
    ])
    expect(shown.flatMap((event) => (event.type === 'notice' ? [event.text] : []))).toEqual([
      'Fetching example.org/a.png.',
      'Fetching example.org/a.png.',
    ])
  })

  it('that lead inside end the command with the reason, as a missing file does', async () => {
    const inner = await easel(['ask', GRAY, 'https://127.1/a.png'])
    expect(inner).toMatchObject({ code: 1 })
    expect(inner.stderr).toBe('easel: 127.0.0.1 is not on the public internet, so nothing is fetched from it.\n')
  })

  it.each(['http', 'ftp', 'S3'])(
    'with the scheme %s are told that only https is fetched, before any is',
    async (scheme) => {
      const address = `${scheme}://example.org/a.png`
      const ended = await easel(['ask', GRAY, A, address, '--json'])
      expect(onlyEvent(ended, 'end')).toMatchObject({
        status: 'failed',
        code: 'fetch_scheme',
        message: `"${address}" is not an https:// URL; only those are fetched.`,
      })
      expect(eventsOfType(ended, 'notice').map((notice) => notice.text)).not.toContain('Fetching example.org/a.png.')
    },
  )

  it('are no files for a recipe, which fetches nothing', async () => {
    await expect(planUploads([A])).rejects.toThrow(
      new UploadError(`"${A}" is a URL, and only files of this computer are accepted here.`),
    )
  })
})

describe('--no-fetch', () => {
  const off = 'Not fetched: example.org/a.png, as fetching is off (--no-fetch). Attach the file instead.'

  it('forbids addresses among FILES and leaves them alone in a request, which goes on', async () => {
    const [file, text] = await Promise.all([
      easel(['ask', GRAY, A, '--no-fetch', '--json']),
      easel(['ask', GRAY + ` ${A}`, portrait, '--json', '-o', newFolder()], { env: { EASEL_NO_FETCH: '1' } }),
    ])
    expect(onlyEvent(file, 'end')).toMatchObject({ status: 'failed', code: 'fetch_off', message: off })
    expect(eventsOfType(file, 'notice').map((notice) => notice.text)).not.toContain('Fetching example.org/a.png.')
    expect(eventsOfType(text, 'notice').map((notice) => notice.text)).toContain(off)
    expect(onlyEvent(text, 'ask').files).toEqual(['portrait.png'])
  })

  it('is a flag, a variable or a setting of the config file', () => {
    const folder = newFolder()
    const file = (text: string): NodeJS.ProcessEnv => {
      const path = join(folder, `${text.length}.json`)
      writeFileSync(path, text)
      return { EASEL_CONFIG: path }
    }
    const none = file('{}')
    expect(readConfig({}, none).noFetch).toBe(false)
    expect(readConfig({ noFetch: true }, { ...none, EASEL_NO_FETCH: '0' }).noFetch).toBe(true)
    for (const yes of ['1', 'true', 'Yes', 'on'])
      expect(readConfig({}, { ...none, EASEL_NO_FETCH: yes }).noFetch).toBe(true)
    expect(readConfig({}, file('{"noFetch": true}')).noFetch).toBe(true)
    expect(readConfig({}, file('{"noFetch": 1}')).noFetch).toBe(true)
    expect(readConfig({}, { ...file('{"noFetch": true }'), EASEL_NO_FETCH: 'off' }).noFetch).toBe(false)
    expect(() => readConfig({}, { ...none, EASEL_NO_FETCH: 'maybe' })).toThrow(
      new UsageError('EASEL_NO_FETCH cannot be "maybe"; it is 1 or 0.'),
    )
  })
})
