// The supervisor of the language server: when it starts one, what it sends, and what it does when a request does not
// end.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Documents } from '../../src/check/type-checker/virtual-documents.ts'
import { superviseServer } from '../../src/check/type-checker/server-supervisor.ts'
import { imitateServers, type Imitation } from '../doubles/language-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => void vi.useRealTimers())

const named = (...names: string[]): Documents => new Map(names.map((name) => [name, '']))
const many = (count: number): Documents => named(...Array.from({ length: count }, (_, i) => `${i}`))

/** A supervisor with fake servers, and documents that a test may change. */
function keeping(imitation: Imitation = {}, documents = named('a.ts'), rssBytes = 1e15) {
  const servers = imitateServers(imitation)
  const scene = { documents }
  const supervisor = superviseServer({
    start: servers.start,
    timeoutMs: 1000,
    rssBytes,
    documents: () => scene.documents,
  })
  return { supervisor, scene, ...servers }
}

/** The outcome of a request, and its time on the test clock in milliseconds. */
function asking(work: Promise<unknown>): { told: unknown } {
  const asked: { told: unknown } = { told: undefined }
  void work.then((outcome) => (asked.told = outcome))
  return asked
}

const STARTED = ['1 ask warm-up', '1 show a.ts']
const AGAIN = ['1 kill', '2 ask warm-up', '2 show a.ts']

describe('a server', () => {
  test('is started before anyone asks, and holds the process only while it is asked', async () => {
    const { supervisor, told } = keeping()
    expect(told).toEqual(STARTED)
    expect(await supervisor.ask((server) => server.diagnose('x'))).toEqual({ type: 'done', value: [] })
    expect(await supervisor.ask((server) => server.diagnose('wrong'))).toMatchObject({
      type: 'done',
      value: [{ message: 'It is wrong.' }],
    })
    const once = ['1 hold', '1 ask x', '1 let go']
    expect(told).toEqual([...STARTED, ...once, '1 hold', '1 ask wrong', '1 let go'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is asked when it is warm', async () => {
    const { supervisor, told, answer } = keeping({ warmUp: 'wait' })
    const asked = asking(supervisor.ask((server) => server.diagnose('x')))
    await vi.advanceTimersByTimeAsync(59_999)
    expect(told).toEqual([...STARTED, '1 hold'])
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.told).toEqual({ type: 'done', value: [] })
  })

  test('that ends while nobody asks is nobody’s error until somebody does', async () => {
    const { supervisor, told } = keeping({ warmUp: 'die' }, many(21))
    await vi.advanceTimersByTimeAsync(1000)
    expect(told.filter((one) => /ask|kill/.test(one))).toEqual(['1 ask warm-up', '1 ask warm-up'])
    expect(await supervisor.ask((server) => server.diagnose('x'))).toEqual({ type: 'crashed' })
  })
})

describe('a question that does not end', () => {
  test.each([
    ['die', 1, { type: 'crashed' }],
    ['compute_1000', 500, { type: 'timeout' }],
    ['wait', 5000, { type: 'busy' }],
  ])('as with %s is followed by a fresh server', async (text, ms, outcome) => {
    const { supervisor, told } = keeping()
    const asked = asking(supervisor.ask((server) => server.diagnose(text)))
    await vi.advanceTimersByTimeAsync(ms - 1)
    if (ms > 500) expect(asked.told).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(asked.told).toEqual(outcome)
    expect(told).toEqual([...STARTED, '1 hold', `1 ask ${text}`, '1 let go', ...AGAIN])
    expect(await supervisor.ask((server) => server.diagnose('x'))).toEqual({ type: 'done', value: [] })
    expect(told.slice(-3)).toEqual(['2 hold', '2 ask x', '2 let go'])
  })

  test('as the person stops it is followed by a fresh server', async () => {
    const { supervisor, told } = keeping()
    const stop = new AbortController()
    const asked = supervisor.ask((server) => server.diagnose('wait'), stop.signal)
    await vi.advanceTimersByTimeAsync(100)
    stop.abort()
    expect(await asked).toEqual({ type: 'cancelled' })
    expect(told).toEqual([...STARTED, '1 hold', '1 ask wait', '1 let go', ...AGAIN])
  })

  test.runIf(process.platform === 'linux')('within its memory is followed by a fresh server', async () => {
    const { supervisor, told } = keeping({ pid: process.pid }, named('a.ts'), 0)
    const asked = supervisor.ask((server) => server.diagnose('wait'))
    await vi.advanceTimersByTimeAsync(50)
    expect(await asked).toEqual({ type: 'memory', bytes: expect.any(Number) as number })
    expect(told).toEqual([...STARTED, '1 hold', '1 ask wait', '1 let go', ...AGAIN])
  })

  test('has the time that the question before it had, not what that left', async () => {
    const { supervisor, answer } = keeping()
    for (let times = 0; times < 3; times++) {
      const asked = asking(supervisor.ask((server) => server.diagnose('compute_999')))
      await vi.advanceTimersByTimeAsync(1000)
      answer()
      await vi.advanceTimersByTimeAsync(0)
      expect(asked.told).toEqual({ type: 'done', value: [] })
    }
  })

  test('is followed by one fresh server, though two were asked at once or the documents changed', async () => {
    const { supervisor, told, count } = keeping()
    const both = [
      supervisor.ask((server) => server.diagnose('wait')),
      supervisor.ask((server) => server.diagnose('wait')),
    ]
    supervisor.show()
    await vi.advanceTimersByTimeAsync(5000)
    expect(await Promise.all(both)).toEqual([{ type: 'busy' }, { type: 'crashed' }])
    expect(told.filter((one) => one.endsWith('kill'))).toEqual(['1 kill'])
    expect(count()).toBe(2)
  })
})

describe('a slow start', () => {
  test('is not the fault of the snippet that waits for it', async () => {
    const { supervisor, told } = keeping({ warmUp: 'compute_20000' })
    const asked = asking(supervisor.ask((server) => server.diagnose('x')))
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked.told).toEqual({ type: 'crashed' })
    expect(told).toEqual([...STARTED, '1 hold', '1 let go', ...AGAIN])
  })

  test('may take 20 s of processor time and a minute of the clock', async () => {
    const { supervisor } = keeping({ warmUp: 'compute_19999' })
    const asked = asking(supervisor.ask((server) => server.diagnose('x')))
    await vi.advanceTimersByTimeAsync(59_999)
    expect(asked.told).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(asked.told).toEqual({ type: 'busy' })
  })

  test('is counted where more than twenty documents are opened at once, and only there', async () => {
    expect(keeping({}, many(20)).told.map((one) => one.slice(0, 13))).toEqual(['1 ask warm-up', '1 show 0 1 2 '])
    const { supervisor, scene, told, answer } = keeping({ warmUp: 'wait' }, many(21))
    expect(told.map((one) => one.slice(0, 13))).toEqual(['1 ask warm-up', '1 show 0 1 2 ', '1 ask warm-up'])
    answer()
    const first = asking(supervisor.ask((server) => server.diagnose('x')))
    await vi.advanceTimersByTimeAsync(0)
    expect(first.told).toEqual({ type: 'done', value: [] })
    scene.documents = many(42)
    supervisor.show()
    const next = asking(supervisor.ask((server) => server.diagnose('y')))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(next.told).toBeUndefined()
    expect(told.slice(-2)).toEqual(['1 ask warm-up', '1 hold'])
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(told.slice(-2)).toEqual(['1 ask y', '1 let go'])
    expect(next.told).toEqual({ type: 'done', value: [] })
  })
})

describe('documents', () => {
  test('are shown as they are by then, to a fresh server too', async () => {
    const { supervisor, scene, told } = keeping()
    scene.documents = named('a.ts', 'b.ts')
    supervisor.show()
    expect(told).toEqual([...STARTED, '1 show a.ts b.ts'])
    scene.documents = named('c.ts')
    expect(await supervisor.ask((server) => server.diagnose('die'))).toEqual({ type: 'crashed' })
    expect(told.slice(-3)).toEqual(['1 kill', '2 ask warm-up', '2 show c.ts'])
  })
})

describe('a closed keeper', () => {
  test('has killed its server and starts none, whoever asks', async () => {
    const { supervisor, told } = keeping()
    const asked = supervisor.ask((server) => server.diagnose('wait'))
    await vi.advanceTimersByTimeAsync(100)
    supervisor.close()
    supervisor.close()
    expect(await asked).toEqual({ type: 'crashed' })
    supervisor.show()
    expect(await supervisor.ask((server) => server.diagnose('x'))).toEqual({ type: 'crashed' })
    expect(told).toEqual([...STARTED, '1 hold', '1 ask wait', '1 kill', '1 let go'])
  })
})
