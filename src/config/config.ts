// Flags, environment and the config file, parsed once, in this order of precedence.
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { defaultDataFolder } from '../../sessions/blobs/data-folder.ts'
import { LIMITS, MAX_TIME_MS, WALL_FACTOR, type LimitName, type Limits } from '../../sandbox/limits.ts'
import type { Detail } from '../../sessions/event.ts'
import { FETCH_NAMES, readNoFetch } from './fetch.ts'
import type { Api } from '../planner/openai/transport/failure.ts'
import { IMAGES_NAMES, readImages, type ImagesConfig } from './images.ts'
import { readContext, readSpending, SPENDING_NAMES, type Spending } from '../spending/settings.ts'
import { UsageError } from '../usage-error.ts'

export { UsageError }

/** How to reach a model; undefined means the built-in phrasebook. */
interface ModelConfig extends Partial<ImagesConfig> {
  readonly apiKey: string | undefined
  readonly baseUrl: string | undefined
  /** One name, or several separated by commas. */
  readonly model: string | undefined
  /** The endpoint's protocol; default: chat. */
  readonly api?: Api | undefined
  /** Its context window in tokens, if the user sets it. */
  readonly context?: number | undefined
  /** Detail of pictures; default: chosen by the model. */
  readonly detail?: Detail | undefined
}

/** Where sessions are kept and for how long; undefined if not set. */
interface SessionsConfig {
  readonly folder: string
  readonly idleMs: number | undefined
  readonly retentionMs: number | undefined
  readonly limits: { readonly folderBytes?: number }
}

export interface Config {
  readonly limits: Limits
  readonly sessions: SessionsConfig
  readonly model: ModelConfig | undefined
  /** Files are never fetched from the web for the user. */
  readonly noFetch: boolean
  /** The model that was named although no endpoint is configured. */
  readonly modelIgnored: string | undefined
  readonly spending: Spending
}

export interface ConfigFlags {
  readonly timeout?: string | undefined
  readonly model?: string | undefined
  readonly api?: string | undefined
  readonly data?: string | undefined
  readonly idle?: string | undefined
  readonly retention?: string | undefined
  readonly budget?: string | undefined
  readonly noFetch?: boolean | undefined
  readonly detail?: string | undefined
}

type ConfigFile = Readonly<Record<string, string | number>>
const fileShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** Reads the configuration; throws a UsageError that names the setting. */
export function readConfig(flags: ConfigFlags, env: NodeJS.ProcessEnv): Config {
  const file = readFile(env)
  const limits = Object.fromEntries(
    Object.entries(LIMITS).map(([name, facts]) => {
      const flag = name === 'timeoutMs' ? flags.timeout : undefined
      const [from, raw] = first([
        ['--timeout', flag],
        [facts.env, env[facts.env]],
        [`${name} in the config file`, inBaseUnit(file[name], facts.unit)],
      ])
      return [name, raw === undefined ? facts.value : parseAmount(from, raw, facts.unit)]
    }),
  ) as Record<LimitName, number>
  if (!nonEmpty(env[LIMITS.wallMs.env]) && file['wallMs'] === undefined) {
    limits.wallMs = Math.min(limits.timeoutMs * WALL_FACTOR, MAX_TIME_MS)
  }

  const apiKey = nonEmpty(env['OPENAI_API_KEY'])
  const baseUrl = nonEmpty(env['OPENAI_BASE_URL'])
  const model =
    nonEmpty(flags.model) ??
    nonEmpty(env['EASEL_MODEL']) ??
    (typeof file['model'] === 'string' ? file['model'] : undefined)
  const connected = apiKey !== undefined || baseUrl !== undefined
  const detail = readChoice('detail', DETAILS, flags, env, file)
  const api = readChoice('api', APIS, flags, env, file)
  return {
    limits,
    sessions: readSessions(flags, env, file),
    model: connected
      ? { apiKey, baseUrl, model, api, detail, context: readContext(env, file), ...readImages(env, file) }
      : undefined,
    noFetch: readNoFetch({ flag: flags.noFetch, env, file }),
    modelIgnored: connected ? undefined : nonEmpty(flags.model),
    spending: readSpending({ budget: flags.budget, env, file, baseUrl }),
  }
}

const DETAILS: readonly Detail[] = ['low', 'high', 'auto']
const APIS: readonly Api[] = ['chat', 'responses']

/** Reads one of a few words from --NAME, EASEL_NAME or the config file. */
function readChoice<T extends string>(name: 'detail' | 'api', choices: readonly T[], ...from: Sources): T | undefined {
  const [flags, env, file] = from
  const variable = `EASEL_${name.toUpperCase()}`
  const [source, raw] = first([
    [`--${name}`, flags[name]],
    [variable, env[variable]],
    [`${name} in the config file`, file[name] === undefined ? undefined : String(file[name])],
  ])
  if (raw === undefined) return undefined
  const choice = choices.find((one) => one === raw.trim().toLowerCase())
  if (choice !== undefined) return choice
  const words = choices.join(', ').replace(/, (?=[^,]*$)/, ' or ')
  throw new UsageError(`${source} cannot be "${raw}"; it is ${words}.`)
}

type Sources = readonly [ConfigFlags, NodeJS.ProcessEnv, ConfigFile]

function readSessions(flags: ConfigFlags, env: NodeJS.ProcessEnv, file: ConfigFile): SessionsConfig {
  const one = (flag: string, given: string | undefined, variable: string, name: string) =>
    first([
      [flag, given],
      [variable, env[variable]],
      [`${name} in the config file`, file[name] === undefined ? undefined : String(file[name])],
    ])
  const time = (...from: Parameters<typeof one>): number | undefined => {
    const [source, raw] = one(...from)
    return raw === undefined ? undefined : parseAge(source, raw)
  }
  if (flags.data !== undefined && !nonEmpty(flags.data)) throw new UsageError('--data needs a folder: --data sessions.')
  const [, folder] = one('--data', flags.data, 'EASEL_DATA', 'data')
  const [bytesFrom, bytes] = one('', undefined, 'EASEL_DATA_BYTES', 'dataBytes')
  return {
    folder: folder === undefined ? defaultDataFolder(env) : resolve(folder),
    idleMs: time('--idle', flags.idle, 'EASEL_IDLE', 'idle'),
    retentionMs: time('--retention', flags.retention, 'EASEL_RETENTION', 'retention'),
    limits: bytes === undefined ? {} : { folderBytes: parseAmount(bytesFrom, bytes, 'bytes') },
  }
}

/** A bare number in the config file is in the unit of its name: milliseconds for timeoutMs. */
function inBaseUnit(value: string | number | undefined, unit: string): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'number' && unit === 'ms' ? `${value}ms` : String(value)
}

/** Settings of the config file other than limits of the sandbox. */
const OTHERS = [
  'model',
  'api',
  'detail',
  'data',
  'dataBytes',
  'idle',
  'retention',
  ...FETCH_NAMES,
  ...IMAGES_NAMES,
  ...SPENDING_NAMES,
]

/** The config file's path: EASEL_CONFIG, else the platform's usual place. */
function configPath(env: NodeJS.ProcessEnv): string {
  return (
    nonEmpty(env['EASEL_CONFIG']) ??
    join(nonEmpty(env['XDG_CONFIG_HOME']) ?? join(homedir(), '.config'), 'easel', 'config.json')
  )
}

function readFile(env: NodeJS.ProcessEnv): Record<string, string | number> {
  const path = configPath(env)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    if (nonEmpty(env['EASEL_CONFIG'])) throw new UsageError(`The config file ${path} (EASEL_CONFIG) cannot be read.`)
    return {}
  }
  const parsed = fileShape.safeParse(tryJson(text))
  if (!parsed.success) throw new UsageError(`The config file ${path} is not a JSON object of names and numbers.`)
  for (const name of Object.keys(parsed.data)) {
    if (!OTHERS.includes(name) && !(name in LIMITS)) {
      throw new UsageError(
        `The config file ${path} has an unknown setting "${name}". Known: ${[...OTHERS, ...Object.keys(LIMITS)].join(', ')}.`,
      )
    }
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]),
  )
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const nonEmpty = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === '' ? undefined : value.trim()

function first(choices: readonly (readonly [string, string | undefined])[]): readonly [string, string | undefined] {
  return choices.find(([, value]) => nonEmpty(value) !== undefined) ?? ['', undefined]
}

const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ms: { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, '': 1000 },
  bytes: { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 },
  pixels: { '': 1, px: 1, mp: 1e6, megapixels: 1e6 },
  count: { '': 1 },
}

/** Formats an amount as parseAmount reads it: 60s, 512MiB, 100MP, 200. */
export function formatAmount(value: number, unit: string): string {
  if (unit === 'ms') return value % 1000 === 0 ? `${value / 1000}s` : `${value}ms`
  if (unit === 'pixels') return `${value / 1e6}MP`
  if (unit === 'bytes') return value % 1024 ** 2 === 0 ? `${value / 1024 ** 2}MiB` : `${value / 1e6}MB`
  return String(value)
}

const MAX_AGE_MS = 3650 * 86_400_000

/** Parses how long a session lives: `2s`, `30m`, `24h`, `7d`, `0`. */
function parseAge(from: string, raw: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(raw.trim())
  const factor = match ? { ...UNITS['ms'], d: 86_400_000 }[(match[2] ?? '').toLowerCase()] : undefined
  const value = match && factor !== undefined ? Math.round(Number(match[1]) * factor) : Number.NaN
  if (value >= 0 && value <= MAX_AGE_MS) return value
  throw new UsageError(`${from} cannot be "${raw}"; write it like 2s, 30m, 24h or 7d, at most ten years.`)
}

/** Parses `5s`, `500ms`, `2m`; `512MB`; `100MP`. A time without a unit is in seconds. */
function parseAmount(from: string, raw: string, unit: keyof typeof UNITS): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(raw.trim())
  const factor = match ? UNITS[unit]?.[(match[2] ?? '').toLowerCase()] : undefined
  const value = match && factor ? Math.round(Number(match[1]) * factor) : 0
  if (value < 1 || value > Number.MAX_SAFE_INTEGER || (unit === 'ms' && value > MAX_TIME_MS)) {
    const example = { ms: '5s, 500ms or 2m', bytes: '512MB', pixels: '100MP', count: '200' }[unit]
    throw new UsageError(`${from} cannot be "${raw}"; write it like ${example}.`)
  }
  return value
}
