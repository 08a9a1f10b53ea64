// A separate server process for the load benchmark, with measurements: loop lag, and memory of all its processes.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'

export interface LoadServer {
  readonly url: string
  readonly pid: number
  /** Restarts the measurement of the lag. */
  resetLag(): Promise<void>
  /** In milliseconds, the 99th percentile since the restart. */
  lag(): Promise<number>
  /** Milliseconds of processor time between two turns of its event loop, since the last call. */
  stalls(): Promise<{ readonly p99: number; readonly worst: number }>
  /** Of the server's own process. */
  memoryMB(): number
  /** Samples memory each second; the returned function gives the maximum. */
  watchMemory(): () => { readonly serverMB: number; readonly treeMB: number }
  close(): Promise<void>
}

/** Starts `easel serve` on a free port with these variables; `profile` is a folder for CPU profiles. */
export async function startLoadServer(
  folder: string,
  env: Readonly<Record<string, string>>,
  profile?: string,
): Promise<LoadServer> {
  const args = [
    ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', profile]),
    '--disable-warning=ExperimentalWarning',
    '--import',
    import.meta.resolve('./loop-probe.ts'),
    join(productFolder(), 'dist/entry.js'),
    'serve',
    '--port',
    '0',
    '--data',
    folder,
  ]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // In a process session of its own, as a service: it must not share processor time with its clients.
    detached: true,
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString()
      const found = /Easel is at (\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.on('exit', () => reject(new Error(`The server ended: ${said}`)))
  })
  const exited = new Promise<void>((resolve) => void child.on('exit', () => resolve()))
  const figures = async (): Promise<string> => (await fetch(`${url}/metrics`)).text()
  return {
    url,
    pid: child.pid ?? 0,
    // Each reading resets the measurement.
    resetLag: async () => void (await figures()),
    lag: async () =>
      Number(/easel_event_loop_lag_seconds\{quantile="0\.99"\} (\S+)/.exec(await figures())?.[1] ?? Number.NaN) * 1000,
    stalls() {
      const told = new Promise<{ p99: number; worst: number }>((resolve) => child.once('message', resolve))
      child.send('stalls')
      return told
    },
    memoryMB: () => memoryOf(child.pid ?? 0) / 1e6,
    watchMemory() {
      const most = { serverMB: 0, treeMB: 0 }
      const look = (): void => {
        const tree = treeOf(child.pid ?? 0)
        most.serverMB = Math.max(most.serverMB, memoryOf(child.pid ?? 0) / 1e6)
        most.treeMB = Math.max(most.treeMB, tree.reduce((sum, pid) => sum + memoryOf(pid), 0) / 1e6)
      }
      const timer = setInterval(look, 1000)
      return () => {
        clearInterval(timer)
        return most
      }
    },
    async close() {
      child.kill('SIGINT')
      await exited
    },
  }
}

/** Bytes of the process's own memory, with its share of shared memory. */
function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function treeOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}
