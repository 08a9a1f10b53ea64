// A harmless replacement for Node's process: it prints, reads the cell's clock and can end the cell.
import EventEmitter from 'events/'
import { print } from '../core/console/console.ts'
import { Exit } from '../core/exit.ts'
import { clock } from '../core/install.ts'
import { bytesOf, decodeUtf8 } from '../core/buffer/text-encoding.ts'

const HOME = '/mnt/data'
/** The Node version that exported projects require. */
const VERSION = '26.10.0'
const MB = 1_048_576

function stream(to: 'stdout' | 'stderr', fd: number): object {
  return Object.assign(new EventEmitter(), {
    fd,
    isTTY: false,
    writable: true,
    write(part: unknown, encoding?: unknown, done?: unknown) {
      print(to, typeof part === 'string' ? part : decodeUtf8(bytesOf(part as Uint8Array)))
      const called = typeof encoding === 'function' ? encoding : done
      if (typeof called === 'function') setImmediate(called as () => void)
      return true
    },
    end(part?: unknown) {
      if (part !== undefined) this.write(part)
    },
  })
}

function hrtime(since?: readonly [number, number]): [number, number] {
  const ms = clock.elapsed()
  const [seconds, nanoseconds] = [Math.floor(ms / 1000), (ms % 1000) * 1e6]
  if (!since) return [seconds, nanoseconds]
  const [s, n] = [seconds - since[0], nanoseconds - since[1]]
  return n < 0 ? [s - 1, n + 1e9] : [s, n]
}
hrtime.bigint = (): bigint => BigInt(clock.elapsed()) * 1_000_000n

export const processStandIn = Object.assign(new EventEmitter(), {
  argv: ['node', `${HOME}/cell.ts`],
  argv0: 'node',
  execArgv: [],
  execPath: 'node',
  env: {},
  pid: 1,
  ppid: 0,
  platform: 'linux',
  arch: 'x64',
  title: 'node',
  version: `v${VERSION}`,
  versions: { node: VERSION },
  release: { name: 'node' },
  exitCode: undefined as number | undefined,
  stdout: stream('stdout', 1),
  stderr: stream('stderr', 2),
  cwd: () => HOME,
  chdir(folder: string): void {
    if (folder === HOME || folder === '.' || folder === `${HOME}/`) return
    throw Object.assign(new Error(`The working directory is ${HOME} and cannot be changed.`), { code: 'ENOTSUP' })
  },
  exit(code: unknown = processStandIn.exitCode ?? 0): never {
    throw new Exit(Number(code) || 0)
  },
  hrtime,
  uptime: () => clock.elapsed() / 1000,
  cpuUsage: () => ({ user: 0, system: 0 }),
  memoryUsage: Object.assign(
    () => ({ rss: 90 * MB, heapTotal: 20 * MB, heapUsed: 10 * MB, external: 2 * MB, arrayBuffers: MB }),
    { rss: () => 90 * MB },
  ),
  umask: () => 0o22,
  nextTick(run: (...args: unknown[]) => void, ...args: unknown[]): void {
    // In a Node module, nextTick callbacks run after all settled promises have been handled.
    setImmediate(run, ...args)
  },
  emitWarning(warning: unknown): void {
    const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${String(warning)}`
    print('stderr', `(node) ${text}\n`)
  },
})
Object.defineProperty(processStandIn, Symbol.toStringTag, { value: 'process', configurable: true })
