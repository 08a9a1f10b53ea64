// The guest's canvas and chart modules in a context of their own, connected to the native half in this process.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import vm from 'node:vm'
import { rolldown } from 'rolldown'
import { registerFonts } from '../../../sandbox/fonts/register.ts'
import { canvasPlugin } from '../../../sandbox/guest/canvas/package/bundle.ts'
import { chartPlugin } from '../../../sandbox/guest/chart/bundle.ts'
import { libraryRealm } from '../../../sandbox/guest/library-realm.ts'
import { guestSharp } from '../../../sandbox/guest/sharp/bundle.ts'
import { defaultLimits } from '../../../sandbox/limits.ts'
import type { Limits } from '../../../sandbox/limits.ts'
import { makeCanvasOperations } from '../../../sandbox/native/canvas/operations.ts'
import type { OperationResult, OperationContext, Operations } from '../../../sandbox/native/operation.ts'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const require = createRequire(import.meta.url)

// Buffer is a global before any other code runs, as in the guest's start-up.
const INSTALL = `
import { Buffer } from 'buffer/'
globalThis.global = globalThis
globalThis.Buffer = Buffer
`
const ENTRY = `
import 'install.js'
import { connect } from '${path('../../../sandbox/guest/bridge.ts')}'
import { canvasModules } from '${path('../../../sandbox/guest/canvas/index.ts')}'
import { chartModules } from '${path('../../../sandbox/guest/chart/index.ts')}'
globalThis.guest = { connect, modules: { ...canvasModules, ...chartModules } }
`

const SOURCES: Readonly<Record<string, string | undefined>> = { 'entry.js': ENTRY, 'install.js': INSTALL }

// As in the child: the guest asks for a garbage collection before it gives up for lack of pixels.
v8.setFlagsFromString('--expose-gc')

let script: Promise<vm.Script> | undefined

async function bundle(): Promise<vm.Script> {
  const made = await rolldown({
    input: 'entry.js',
    platform: 'neutral',
    plugins: [
      {
        name: 'entry',
        resolveId: (source) =>
          source === 'buffer/' ? require.resolve('buffer/') : SOURCES[source] ? path(source) : undefined,
        load: (id) => SOURCES[id.slice(id.lastIndexOf('/') + 1)],
      },
      guestSharp(),
      canvasPlugin(),
      chartPlugin(),
      libraryRealm(),
    ],
  })
  const { output } = await made.generate({ format: 'iife', codeSplitting: false })
  await made.close()
  return new vm.Script(output[0].code, { filename: 'guest.js' })
}

/**
 * The session's files, limits that differ from the defaults, and the operations, for tests of the native half alone.
 */
export interface CliEnvironment {
  readonly files?: Readonly<Record<string, Uint8Array>>
  readonly limits?: Partial<Limits>
  readonly operations?: Operations
}

export interface Guest {
  /** Runs the body of an async function in the guest: `m('canvas')` gives a module. */
  run(body: string): Promise<unknown>
  /** Number of requests from the guest. */
  readonly asks: () => number
}

/** What the native half gets with the request. */
export function makeContext(setting: CliEnvironment = {}): OperationContext {
  const files = new Map(Object.entries(setting.files ?? {}))
  return {
    limits: { ...defaultLimits(), ...setting.limits },
    files: {
      read(name) {
        const bytes = files.get(name)
        if (!bytes)
          throw Object.assign(new Error(`ENOENT: no such file or directory, open '/mnt/data/${name}'`), {
            code: 'ENOENT',
          })
        return bytes
      },
      write: (name, bytes) => void files.set(name, bytes),
    },
    progress: () => undefined,
    note: () => undefined,
    atEnd: () => undefined,
  }
}

/** A fresh guest: its own globals, its own handles. */
export async function makeGuest(setting: CliEnvironment = {}): Promise<Guest> {
  script ??= bundle()
  const operations = setting.operations ?? makeCanvasOperations()
  const context = makeContext(setting)
  const timers = {
    setTimeout,
    clearTimeout,
    setImmediate,
    clearImmediate,
    queueMicrotask,
    console,
    URL,
    structuredClone,
    performance,
  }
  const realm = vm.createContext({ ...timers, TextEncoder, TextDecoder })
  ;(await script).runInContext(realm)
  let asks = 0
  const answer = (
    operation: string,
    args: unknown,
    bytes: readonly Uint8Array[],
  ): OperationResult | Promise<OperationResult> => {
    const found = operations[operation]
    if (!found) throw new Error(`no operation ${operation}`)
    return found(
      JSON.parse(JSON.stringify(args)),
      bytes.map((part) => new Uint8Array(part)),
      context,
    )
  }
  realm['host'] = {
    ask: (operation: string, args: unknown, bytes: readonly Uint8Array[]) => {
      asks += 1
      return answer(operation, args, bytes)
    },
    call: async (operation: string, args: unknown, bytes: readonly Uint8Array[]) => answer(operation, args, bytes),
  }
  vm.runInContext(CONNECT, realm)
  return {
    asks: () => asks,
    run: (body) =>
      vm.runInContext(`(async (m) => {${body}\n})((name) => guest.modules[name]())`, realm) as Promise<unknown>,
  }
}

// Answers are copied into the guest's realm, as they are when they cross the real wall.
const CONNECT = `{
  const { host } = globalThis
  const inside = ([value, parts]) => [JSON.parse(JSON.stringify(value)), parts.map((part) => new Uint8Array(part))]
  const rethrow = (error) => { throw Object.assign(new Error(error.message), { name: error.name, code: error.code }) }
  guest.connect({
    ask: (...args) => { try { return inside(host.ask(...args)) } catch (error) { rethrow(error) } },
    call: (...args) => host.call(...args).then(inside, rethrow),
  })
}`

/** Runs the same body in this process with the real packages and our fonts. */
export function runOutside(body: string): Promise<unknown> {
  registerFonts()
  // oxlint-disable-next-line typescript/no-implied-eval -- the body is this test's own text, run as outside
  const run = new Function('m', 'Buffer', `return (async () => {${body}\n})()`) as (
    m: (name: string) => unknown,
    buffer: typeof Buffer,
  ) => Promise<unknown>
  return run((name) => require(name), Buffer)
}

/** Bytes and plain values in a form that compares across realms. */
export function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item === 'number' && !Number.isFinite(item)) return String(item)
      if (item === undefined) return 'undefined'
      return item
    }) ?? '"undefined"',
  )
}
