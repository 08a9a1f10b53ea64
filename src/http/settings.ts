// Reads and validates the server's flags and environment. Times, limits and the model come from the configuration.
import { MIN_TOKEN_CHARACTERS } from './auth/auth.ts'
import { availableParallelism, totalmem } from 'node:os'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'
import { DEFAULT_DURATIONS } from '../../sessions/expiry.ts'
import { UsageError, type Config } from '../config/config.ts'
import { isLoopback } from './auth/origin-check.ts'
import type { Settings } from './context.ts'

export interface ServerFlags {
  readonly port?: string | undefined
  readonly host?: string | undefined
  /** File with the token: on a command line, other users of the machine would see it. */
  readonly tokenFile?: string | undefined
}

export interface ServerSettings extends Settings {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

const PORT = 3000
const STREAMS = { most: 512, each: 256 }

/** Throws a UsageError that names the invalid setting. */
export function readServerSettings(flags: ServerFlags, env: NodeJS.ProcessEnv, config: Config): ServerSettings {
  const host = filled(flags.host) ?? '127.0.0.1'
  const token = flags.tokenFile === undefined ? filled(env['EASEL_TOKEN']) : readTokenFile(flags.tokenFile)
  const isOpen = !isLoopback(host)
  if (isOpen && token === undefined)
    throw new UsageError(
      `--host ${host} accepts other machines, so it needs a token: set EASEL_TOKEN to at least ${MIN_TOKEN_CHARACTERS} characters that cannot be guessed, or name a file with it: --token-file FILE.`,
    )
  if (token !== undefined && (token.length < MIN_TOKEN_CHARACTERS || /\s/.test(token)))
    throw new UsageError(
      `The token has ${token.length} characters; it needs at least ${MIN_TOKEN_CHARACTERS}, without spaces.`,
    )
  const { idleMs = DEFAULT_DURATIONS.idleMs, retentionMs = DEFAULT_DURATIONS.retentionMs } = config.sessions
  const most = readInteger('EASEL_STREAMS', env['EASEL_STREAMS'], 1, 100_000) ?? STREAMS.most
  return {
    host,
    port: readInteger('--port', flags.port, 0, 65_535) ?? PORT,
    names: [
      host,
      ...(env['EASEL_HOSTS'] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ],
    addresses: isOpen,
    version: versionOf(),
    limits: config.limits,
    budgets: config.spending.budgets,
    fetches: !config.noFetch,
    durations: { idleMs, retentionMs },
    model: config.model && { name: config.model.model },
    token,
    sandboxes:
      readInteger('EASEL_SANDBOXES', env['EASEL_SANDBOXES'], 1, 10_000) ??
      sandboxesFor(totalmem(), availableParallelism()),
    proxies: readInteger('EASEL_PROXIES', env['EASEL_PROXIES'], 0, 10) ?? 0,
    streams: { most, each: Math.min(STREAMS.each, most) },
    pageFolder: join(productFolder(), 'dist/web'),
    samples: join(productFolder(), 'examples'),
  }
}

const MAX_SANDBOXES = 64
const MIN_SANDBOXES = 4
/** Memory of a session with its type checker, working on a photograph. */
const SANDBOX_BYTES = 600_000_000
const SANDBOXES_A_CORE = 8

/** As many as fit into half the memory, limited by the number of cores. */
export function sandboxesFor(memory: number, cores: number): number {
  const fitting = Math.min(Math.floor(memory / 2 / SANDBOX_BYTES), cores * SANDBOXES_A_CORE)
  return Math.max(MIN_SANDBOXES, Math.min(MAX_SANDBOXES, fitting))
}

/** A longer file cannot be a token. */
const MAX_TOKEN_BYTES = 4096

/** Reads the token; the file must be accessible only to its owner. */
function readTokenFile(path: string): string {
  const cannot = (why: string): UsageError => new UsageError(`The token file ${path} ${why}`)
  let descriptor: number | undefined
  try {
    // One descriptor, so that the checked file is the one that is read; non-blocking, so that a pipe cannot stall this.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const facts = fstatSync(descriptor)
    if (!facts.isFile()) throw cannot('is not a regular file.')
    const mode = facts.mode & 0o777
    if ((mode & 0o077) !== 0)
      throw cannot(`may be read or written by others (its mode is ${mode.toString(8)}). Run: chmod 600 ${path}`)
    if (facts.size > MAX_TOKEN_BYTES)
      throw cannot(`has ${facts.size} bytes; the limit is ${MAX_TOKEN_BYTES}. It must hold the token alone.`)
    return readFileSync(descriptor, 'utf8').trim()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw cannot(`cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function readInteger(name: string, given: string | undefined, least: number, most: number): number | undefined {
  const text = filled(given)
  if (text === undefined) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${name} cannot be "${text}"; it is a whole number from ${least} to ${most}.`)
}

const filled = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(productFolder(), 'package.json'), 'utf8')) as { version: string }
  return version
}
