// Runs the page's own samples on a busy machine, each in a new session of a running server: alone, and beside twice as
// many always computing programs as there are processors, each in an operating system session of its own, as in
// separate terminals, or all in one. Exits with 1 if a sample does not end well or takes longer than its limit.
// Run: node test/bench/busy.ts [--rounds 3]
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { productFolder } from '../../sandbox/product.ts'
import { en } from '../../src/web/i18n/en.ts'
import { createClient } from '../http/client.ts'
import { startLoadServer } from './load-server.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const rounds = Number(values.rounds)
const burners = 2 * availableParallelism()
/** The allowed slowdown of a sample beside the burners. */
const BARS = { 'a session each': 6, 'one session': 3.5 } as const
type CliEnvironment = 'alone' | keyof typeof BARS

const LOOP = 'while :; do :; done'

/** Starts the burners; returns a function that ends them. They also end with this process. */
function burn(setting: CliEnvironment): () => void {
  if (setting === 'alone') return () => undefined
  const start = (script: string): ChildProcess =>
    spawn('sh', ['-c', `(read -r _ <&3; kill -9 0) & ${script}`], {
      // In a process session of its own.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
  const loops = Array.from({ length: burners }, () => LOOP)
  const started =
    setting === 'one session' ? [start(`${loops.map((loop) => `(${loop}) &`).join(' ')} wait`)] : loops.map(start)
  return () => {
    for (const { pid } of started) process.kill(-pid!, 'SIGKILL')
  }
}

const folder = await mkdtemp(join(tmpdir(), 'easel-busy-'))
const server = await startLoadServer(folder, { EASEL_MODEL: '' })
const picture = await readFile(join(productFolder(), 'examples/portrait.png'))
const times = new Map<string, number[]>()
const failures: string[] = []

/** Milliseconds from the request to its end, in a new session of a new user. */
async function ask(text: string, setting: CliEnvironment): Promise<number> {
  const client = createClient((request) => fetch(request), {}, server.url)
  const { id } = (await (await client.post('/api/sessions')).json()) as { id: string }
  await client.upload(id, { 'portrait.png': picture })
  const began = performance.now()
  const end = (await client.ask(id, text)).at(-1)?.event
  const ms = performance.now() - began
  if (end?.type !== 'end' || end.status !== 'ok') failures.push(`${text} (${setting}): ${JSON.stringify(end)}`)
  await client.fetch(`/api/sessions/${id}`, { method: 'DELETE' })
  return ms
}

try {
  await ask(en.exampleList[3]!.text, 'alone')
  for (let round = 0; round < rounds; round++) {
    for (const setting of ['alone', 'a session each', 'one session'] as const) {
      for (const { title, text } of en.exampleList) {
        const end = burn(setting)
        const key = `${title}\n${setting}`
        times.set(key, [...(times.get(key) ?? []), await ask(text, setting)])
        end()
      }
    }
  }
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
console.log(`${availableParallelism()} cores, ${burners} burners, medians of ${rounds}\n`)
console.log('| sample | alone ms | a session each | bar | one session | bar |\n| --- | --: | --: | --: | --: | --: |')
for (const { title } of en.exampleList) {
  const at = (setting: CliEnvironment): number => median(times.get(`${title}\n${setting}`) ?? [])
  const alone = at('alone')
  const cells = Object.entries(BARS).flatMap(([setting, bar]) => {
    const ratio = at(setting as CliEnvironment) / alone
    if (!(ratio <= bar)) failures.push(`${title}: ${ratio.toFixed(1)} times slower, ${setting}; the bar is ${bar}.`)
    return [`${ratio.toFixed(1)} x`, bar]
  })
  console.log(`| ${[title, alone.toFixed(0), ...cells].join(' | ')} |`)
}
for (const failure of failures) console.error(failure)
process.exitCode = failures.length > 0 ? 1 : 0
