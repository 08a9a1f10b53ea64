// A client of the load benchmark: a session with a trivial cell to run, or one that burns processor time.
import { createClient, readAll } from '../http/client.ts'

export interface LoadClient {
  /** Runs the trivial cell; true if it ended ok. */
  trivial(): Promise<boolean>
  /** Runs cells that use processor and memory to their limits until aborted. */
  burn(kind: number, signal: AbortSignal): Promise<void>
  /** Opens an event stream and reads it; returns a function that closes it. */
  watch(): Promise<() => void>
  stream(): Promise<Response>
}

const BURNERS = [
  'while (true) await null',
  'const held: Uint8Array[] = []\nfor (;;) held.push(new Uint8Array(5_000_000).fill(7))',
  'for (let i = 0; ; i++) console.log(i)',
  "import sharp from 'sharp'\nfor (;;) await sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'red' } }).blur(20).png().toBuffer()",
  'let n = 0\nwhile (true) n += Math.sqrt(n + 1)',
]

/** A client with a session in which one cell has run that can be rerun. */
export async function createLoadClient(url: string): Promise<LoadClient> {
  const client = createClient((request) => fetch(request), {}, url)
  const id = await begun(client)
  const run = async (code: string): Promise<string | undefined> => {
    const told = await readAll(await client.post(`/api/sessions/${id}/cells/1/run`, { code }))
    const last = told.at(-1)?.event
    return last?.type === 'end' ? last.status : undefined
  }
  // The phrasebook makes the first cell.
  await client.upload(id, { 't.csv': 'name,value\na,1\nb,2\n' })
  const first = await client.ask(id, 'draw a bar chart of value by name')
  if (first.at(-1)?.event.type !== 'end') throw new Error(`The first cell did not end: ${JSON.stringify(first.at(-1))}`)
  const stream = (): Promise<Response> => client.fetch(`/api/sessions/${id}/events`)
  return {
    trivial: async () => (await run('1 + 1')) === 'ok',
    async burn(kind, signal) {
      const code = BURNERS[kind % BURNERS.length]!
      signal.addEventListener('abort', () => void client.post(`/api/sessions/${id}/cancel`))
      while (!signal.aborted) await run(code)
    },
    stream,
    async watch() {
      const response = await stream()
      if (!response.ok) throw new Error(await response.text())
      const reader = response.body!.getReader()
      const drain = async (): Promise<void> => {
        while (!(await reader.read()).done) continue
      }
      drain().catch(() => undefined)
      return () => void reader.cancel().catch(() => undefined)
    },
  }
}

/** A new session, as soon as the server allows one. */
async function begun(client: ReturnType<typeof createClient>): Promise<string> {
  for (;;) {
    const answer = await client.post('/api/sessions')
    if (answer.ok) return ((await answer.json()) as { id: string }).id
    const wait = Number(answer.headers.get('retry-after'))
    if (answer.status !== 429 || !(wait > 0)) throw new Error(await answer.text())
    await new Promise((resolve) => setTimeout(resolve, wait * 1000))
  }
}
