// The near side of the composer: cells are untrusted code that can break a parser, so they are parsed in a process
// without files, network or environment, with a deadline and a memory limit.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { parseJson } from '../../sandbox/bounded-json.ts'
import { productFolder } from '../../sandbox/product.ts'
import { openCpuMeter } from '../process-watch/cpu-meter.ts'
import { MAX_THREADS, watchMemory, type MemoryOverrun } from '../process-watch/memory-watch.ts'
import { watchTime } from '../process-watch/time-watch.ts'
import { withoutInherited } from '../process-wall/inherited-descriptors.ts'
import { packageFolders } from '../process-wall/packages.ts'
import { confine, killGroup } from '../process-wall/wall.ts'
import type { Program, ProgramInput } from './program.ts'

const TIME = { cpuMs: 20_000, wallMs: 120_000 }
const MAX_BYTES = 600_000_000
/** Packages that the composer uses. */
const PACKAGES = ['acorn', 'zod']
/** Upper bound on the module's length, more than all cells of a journal together have. */
const MAX_CHARACTERS = 100_000_000

const reply = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    source: z.string().check(z.maxLength(MAX_CHARACTERS)),
    modules: z.record(z.string(), z.array(z.string())),
  }),
  z.object({ ok: z.literal(false), message: z.string().check(z.maxLength(1000)) }),
])

/** `code` is stable; the message is a sentence for the user. */
class ExportError extends Error {
  readonly code: string
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Composes the module of the cells. Throws ExportError. */
export async function compose(input: ProgramInput, entry = ownEntry()): Promise<Program> {
  const said = await runComposer(entry, JSON.stringify(input))
  const answer = reply.safeParse(said)
  if (!answer.success) throw unreadable('the process that read them gave no answer')
  if (!answer.data.ok) throw new ExportError('EASEL_EXPORT_UNREADABLE', answer.data.message)
  return answer.data
}

function unreadable(why: string): ExportError {
  return new ExportError('EASEL_EXPORT_UNREADABLE', `The session's cells cannot be read: ${why}.`)
}

/** The source next to this file, or the bundle next to the bundle that contains this file. */
function ownEntry(): string {
  if (import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('./compose-process.ts', import.meta.url))
  return join(productFolder(), 'dist/composer.js')
}

function runComposer(entry: string, question: string): Promise<unknown> {
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    '--disable-sigusr1',
    '--no-experimental-sqlite',
    '--permission',
    ...readable().map((path) => `--allow-fs-read=${path}`),
    '--max-old-space-size=400',
  ]
  const command = [process.execPath, ...flags, entry] as const
  const [program, ...args] = confine({ command, readable: [process.execPath, ...readable()] })
  const child = spawn(program, args, {
    env: {},
    cwd: '/',
    stdio: withoutInherited(['pipe', 'pipe', 'ignore', 'ignore', 'pipe']),
    detached: true,
  })
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    const stop = (why: string): void => {
      killGroup(child)
      reject(unreadable(why))
    }
    const cpu = openCpuMeter(child.pid)
    const unwatchTime = watchTime(cpu, TIME, (limit) =>
      stop(
        limit === 'cpu'
          ? `reading them took more than ${TIME.cpuMs / 1000} s of processor time`
          : 'the machine is busy. Try again when it has less to do',
      ),
    )
    const unwatch = watchMemory(child.pid ?? 0, MAX_BYTES, (found) => stop(memoryMessage(found)))
    child.stdout?.on('data', (part: Buffer) => {
      bytes += part.length
      parts.push(part)
      if (bytes > MAX_CHARACTERS * 2) stop('their text is too long')
    })
    child.stdin?.on('error', () => undefined)
    child.on('error', (error) => stop(error.message))
    child.on('exit', () => killGroup(child))
    child.on('close', () => {
      unwatchTime()
      cpu.close()
      unwatch()
      try {
        resolve(parseJson(Buffer.concat(parts)))
      } catch {
        reject(unreadable('the process that read them ended without an answer'))
      }
    })
    child.stdin?.end(question)
  })
}

function memoryMessage(found: MemoryOverrun): string {
  if ('bytes' in found) return `reading them took ${found.bytes} bytes of memory; the limit is ${MAX_BYTES}`
  if ('threads' in found) return `reading them took ${found.threads} threads; the limit is ${MAX_THREADS}`
  return 'the process that read them hides what it uses'
}

/** The files that the process may read: the product's code and its packages, wherever they are installed. */
function readable(): string[] {
  const product = productFolder()
  const own = ['package.json', 'dist', 'src', 'sandbox', 'sessions'].map((name) => join(product, name))
  return [...own.filter((path) => existsSync(path)), ...packageFolders(PACKAGES)]
}
