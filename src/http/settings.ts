// What a server is told: flags and environment, checked. Times, limits and the model are the configuration's.
import { availableParallelism, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'
import { DEFAULT_DURATIONS } from '../../sessions/expiry.ts'
import { UsageError, type Config } from '../config.ts'
import { isLoopback } from './guard.ts'
import type { Settings } from './rooms.ts'

export interface ServerFlags {
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly token?: string | undefined
}

export interface ServerSettings extends Settings {
  readonly host: string
  /** 0: one that is free. */
  readonly port: number
}

const PORT = 3000
const STREAMS = { most: 512, each: 256 }
const SHORTEST_TOKEN = 22

/** Reads the settings; throws a UsageError that names the one that is wrong. */
export function readServerSettings(flags: ServerFlags, env: NodeJS.ProcessEnv, config: Config): ServerSettings {
  const host = filled(flags.host) ?? '127.0.0.1'
  const token = filled(flags.token) ?? filled(env['EASEL_TOKEN'])
  const isOpen = !isLoopback(host)
  if (isOpen && token === undefined)
    throw new UsageError(
      `--host ${host} lets others in, so it needs a token: set EASEL_TOKEN to ${SHORTEST_TOKEN} characters or more that nobody guesses.`,
    )
  if (token !== undefined && (token.length < SHORTEST_TOKEN || /\s/.test(token)))
    throw new UsageError(
      `The token has ${token.length} characters; it needs at least ${SHORTEST_TOKEN}, without spaces.`,
    )
  const { idleMs = DEFAULT_DURATIONS.idleMs, retentionMs = DEFAULT_DURATIONS.retentionMs } = config.sessions
  const most = whole('EASEL_STREAMS', env['EASEL_STREAMS'], 1, 100_000) ?? STREAMS.most
  return {
    host,
    port: whole('--port', flags.port, 0, 65_535) ?? PORT,
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
      whole('EASEL_SANDBOXES', env['EASEL_SANDBOXES'], 1, 10_000) ?? sandboxesFor(totalmem(), availableParallelism()),
    streams: { most, each: Math.min(STREAMS.each, most) },
    pageFolder: join(productFolder(), 'dist/web'),
    samplePath: join(productFolder(), 'examples/portrait.png'),
  }
}

const MOST_SANDBOXES = 64
const LEAST_SANDBOXES = 4
/** A session with its type checker, at work on a photograph. */
const SANDBOX_BYTES = 600_000_000
const SANDBOXES_A_CORE = 8

/** Half the memory, and no more than the processors can move. */
export function sandboxesFor(memory: number, cores: number): number {
  const fitting = Math.min(Math.floor(memory / 2 / SANDBOX_BYTES), cores * SANDBOXES_A_CORE)
  return Math.max(LEAST_SANDBOXES, Math.min(MOST_SANDBOXES, fitting))
}

function whole(name: string, given: string | undefined, least: number, most: number): number | undefined {
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
