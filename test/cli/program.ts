// The program as a user starts it: its launcher under the machine's own Node, in a folder of its own.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, vi } from 'vitest'
import type { Event, EventOf } from '../../sessions/event.ts'

// Programs wait for each other and for the rest of the machine.
vi.setConfig({ testTimeout: 180_000 })

export const product = fileURLToPath(new URL('../..', import.meta.url))
export const launcher = join(product, 'src/launcher.js')
export const portrait = join(product, 'examples/portrait.png')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when stdout contains the words; rejects when the program ends without them. */
  saw(words: string | RegExp): Promise<void>
}

export interface Options {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly program?: readonly string[]
}

const AT_ONCE = 2
const waiting: (() => void)[] = []
let running = 0

/** Runs `easel ARGS` to its end; of many calls, two run at a time. */
export async function runEasel(args: readonly string[], options: Options = {}): Promise<Ended> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await startEasel(args, { input: '', ...options }).ended
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** Starts `easel ARGS`; without `input` its stdin stays open. */
export function startEasel(args: readonly string[], { cwd, env, input, program }: Options = {}): Started {
  const [command = '', ...before] = program ?? [systemNode(), launcher]
  const child = spawn(command, [...before, ...args], { cwd: cwd ?? tmpdir(), env: { ...plainEnv(), ...env } })
  const out: Buffer[] = []
  const err: Buffer[] = []
  const looks = new Set<() => void>()
  child.stdout.on('data', (part: Buffer) => {
    out.push(part)
    for (const look of looks) look()
  })
  child.stderr.on('data', (part: Buffer) => err.push(part))
  child.stdin.on('error', () => undefined)
  if (input !== undefined) child.stdin.end(input)
  const text = (parts: Buffer[]): string => Buffer.concat(parts).toString()
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: text(out), stderr: text(err) }))
  })
  return {
    process: child,
    ended,
    saw: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (text(out).match(words) && resolve())
        looks.add(look)
        look()
        void ended.then((end) => reject(new Error(`never saw ${String(words)} in ${JSON.stringify(end)}`)), reject)
      }),
  }
}

/** The events of `--json`: every line must be one object. */
export function eventsOf({ stdout }: Ended): Event[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)
}

export function eventsOfType<T extends Event['type']>(ended: Ended, type: T): EventOf<T>[] {
  return eventsOf(ended).filter((event): event is EventOf<T> => event.type === type)
}

/** The only event of its type. */
export function onlyEvent<T extends Event['type']>(ended: Ended, type: T): EventOf<T> {
  const [event, ...others] = eventsOfType(ended, type)
  if (!event || others.length > 0) throw new Error(`wanted one ${type} in ${ended.stdout}${ended.stderr}`)
  return event
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is removed after the test file. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'easel-test-')))
  folders.push(folder)
  return folder
}

/** The machine's own Node, not the one that Easel brings, if it is new enough. */
export function systemNode(): string {
  found ??= (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((node) => Number(/^v(\d+)/.exec(String(spawnSync(node, ['--version']).stdout))?.[1]) >= 20)
  return found ?? process.execPath
}
let found: string | undefined

/** The session folder of a test file. */
let data: string | undefined

/** An environment without the key, endpoint and configuration of the machine's user. */
export function plainEnv(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return {
    PATH,
    HOME,
    TMPDIR: tmpdir(),
    EASEL_CONFIG: '',
    EASEL_DATA: (data ??= newFolder()),
    EASEL_IDLE: '',
    EASEL_RETENTION: '',
    XDG_CONFIG_HOME: '/nonexistent',
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: ' ',
    EASEL_MODEL: '',
  }
}
