// Native code in a child at any wall level: compiled with the machine's compiler, loaded as an addon after the child
// has dropped its privileges, and given targets that it must not reach.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import { spawnChild, type WallOptions } from '../../src/runner/spawn-child.ts'

/** Whether there is a C compiler. */
export const hasCompiler = spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0

export interface Probed {
  /** Each attempt, with `yes` or the error's name. */
  readonly tried: Readonly<Record<string, string>>
  /** Observed effects: connections to our sockets, and changed files. */
  readonly reached: readonly string[]
  /** Whether something still wrote to the scratch folder half a second after the group was killed. */
  readonly survived: boolean
}

/** Runs the probe, or other native code with the same targets and a final `done`, in a child behind this wall. */
export async function probe(
  options: Pick<WallOptions, 'level' | 'filter'>,
  source = 'native-probe.c',
): Promise<Probed> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'native-')))
  const at = (name: string): string => join(base, name)
  for (const folder of ['home', 'data', 'scratch', 'addon', 'links']) mkdirSync(at(folder), { mode: 0o700 })
  for (const name of ['home/key', 'data/file', 'data/sqlite']) writeFileSync(at(name), 'secret', { mode: 0o600 })
  linkSync(at('data/file'), at('links/linked'))
  const addon = at('addon/probe.node')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-w', '-o', addon, join(import.meta.dirname, source)])
  const reached: string[] = []
  const listen = async (name: string, where: number | string): Promise<Server> => {
    const server = createServer(() => reached.push(name))
    await new Promise<void>((resolve) => server.listen(where, () => resolve()))
    return server
  }
  const abstract = `easel-probe-${process.pid}`
  const servers = [
    await listen('tcp', 0),
    await listen('abstract', `\0${abstract}`),
    await listen('path', at('socket')),
  ]
  const dist = join(productFolder(), 'dist')
  // Another process of the same user, without root's capabilities, which must not be reachable.
  const plain = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--'] : []
  const [program, ...args] = [...plain, 'sleep', '60'] as unknown as [string, ...string[]]
  const other = spawn(program, args, { stdio: 'ignore' })
  const { port } = (servers[0] as Server).address() as AddressInfo
  const own = [at('home/key'), at('data/file'), at('data/sqlite'), at('home/new')]
  const theProduct = [join(dist, 'child.cjs'), join(dist, 'fonts/planted')]
  const targets = [...own, ...theProduct, String(port), abstract, at('socket'), String(other.pid), process.execPath]
  if (options.filter) writeFileSync(at('scratch/filtered'), '')
  writeFileSync(at('scratch/targets'), targets.join('\n'))
  writeFileSync(
    at('scratch/entry.cjs'),
    `require(${JSON.stringify(join(dist, 'child.cjs'))}); process.dlopen({ exports: {} }, ${JSON.stringify(addon)})`,
  )
  const child = spawnChild(at('scratch'), defaultLimits(), {
    ...options,
    entry: at('scratch/entry.cjs'),
    readable: [at('addon')],
    links: at('links'),
  })
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const report = (): string => (existsSync(at('scratch/report')) ? readFileSync(at('scratch/report'), 'utf8') : '')
  while (!report().includes('done') && child.exitCode === null) await pause(50)
  process.kill(-(child.pid as number), 'SIGKILL')
  await pause(300)
  const survivor = (): string =>
    existsSync(at('scratch/survivor')) ? readFileSync(at('scratch/survivor'), 'utf8') : ''
  const before = survivor()
  await pause(500)
  const survived = survivor() !== before
  for (const server of servers) server.close()
  other.kill()
  rmSync(join(dist, 'fonts/planted'), { force: true })
  for (const name of ['home/key', 'data/file', 'data/sqlite'])
    if (readFileSync(at(name), 'utf8') !== 'secret') reached.push(name)
  if (existsSync(at('home/new'))) reached.push('home/new')
  if (statSync(at('data/file')).mode % 0o1000 !== 0o600) reached.push('data/mode')
  const lines = report()
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string])
  if (lines.length < 2) throw new Error(`The probe said nothing. ${words}`)
  return { tried: Object.fromEntries(lines), reached, survived }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
