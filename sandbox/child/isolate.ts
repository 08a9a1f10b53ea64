// The isolate wall, and the only importer of isolated-vm: one isolate, one context, four callbacks, six entries. Only
// strings and fresh byte arrays cross it; the host never throws into the guest.
import { setFlagsFromString } from 'node:v8'
import ivm from 'isolated-vm'
import type { Bridge } from './bridge.ts'
import type { CellScript } from './cell/script.ts'

/** Why the isolate stopped on its own. */
export type StopReason = { readonly kind: 'timeout' | 'memory' } | { readonly kind: 'threw'; readonly message: string }

export interface Isolate {
  /** Runs a script or a continuation for at most `ms`; resolves with the reason if it was stopped. */
  run(script: CellScript, ms: number): Promise<StopReason | undefined>
  settle(id: number, json: string, bytes: readonly Uint8Array[], ms: number): Promise<StopReason | undefined>
  /** Fires the next timer; `fired` is false if there is none. */
  fire(last: boolean, ms: number): Promise<{ stop?: StopReason; fired: boolean }>
  begin(seed: number, clock: number, ms: number): Promise<StopReason | undefined>
  /** Brings in the lazy bundles of these names that are not there yet. Throws if the files cannot be read. */
  load(bundles: readonly string[], ms: number): Promise<StopReason | undefined>
  /** '' once the cell's body has finished, JSON of what it threw, undefined while it runs. */
  ended(ms: number): Promise<string | undefined>
  /** Ends what runs in it for good: every entry then stops with `timeout`. */
  stop(): void
  /** Names that stay; none if the cell failed or the guest could not list them. */
  close(isOk: boolean, ms: number): Promise<readonly string[]>
}

// For the guest's canvas, which collects memory it cannot measure; snippets cannot reach it (guest/core/collector.ts).
setFlagsFromString('--expose-gc')

/** A bundle and V8's code cache of it: compiling the guest takes 25 ms of processor time, reading the cache 1 ms. */
export interface Guest {
  readonly source: string
  /** Made from exactly this source; another version of V8 ignores it. */
  readonly compiled?: Uint8Array
}

// Strict mode, so that a snippet cannot reach the guest's functions through `caller` or a call site of a stack trace.
export const wrapGuest = (source: string): string =>
  `(function($0,$1,$2,$3,$4){'use strict';${source}\nreturn easelGuest})`
const FILE = { filename: 'easel:guest' }

/** Makes V8's code cache of a bundle. */
export function compileScript(source: string): Uint8Array {
  const isolate = new ivm.Isolate()
  const options = { ...FILE, produceCachedData: true }
  // isolated-vm sets `cachedData` on the script, but its types omit it.
  const { cachedData } = isolate.compileScriptSync(source, options) as {
    cachedData?: ivm.ExternalCopy<ArrayBuffer>
  }
  const bytes = new Uint8Array(cachedData?.copy() ?? new ArrayBuffer(0))
  isolate.dispose()
  return bytes
}

/** The code of a guest: what is evaluated at once, and what is brought in by name. */
export interface GuestCode {
  readonly guest: Guest
  readonly lazy: (bundle: string) => Guest
}

/** Creates the isolate and evaluates the guest bundle in it. `memoryBytes` covers heap and buffers. */
export function openIsolate(code: GuestCode, bridge: Bridge, memoryBytes: number, concurrency: number): Isolate {
  const isolate = new ivm.Isolate({ memoryLimit: Math.max(8, Math.floor(memoryBytes / 1_048_576)) })
  const context = isolate.createContextSync()
  const { settle, fire, begin, ended, close, addBundle } = evaluateGuest(
    isolate,
    context,
    code.guest,
    bridge,
    concurrency,
  )
  const { stop, runUntilStop } = stoppable(isolate)
  const loadBundle = async (name: string, ms: number): Promise<void> => {
    const bundle = code.lazy(name)
    const script = await isolate.compileScript(bundle.source, compileOptions(bundle))
    const evaluated = await script.run(context, { timeout: ms, release: true, reference: true })
    await addBundle.apply(undefined, [name, evaluated.derefInto({ release: true })], { timeout: ms })
  }

  return {
    stop,
    async run(script, ms) {
      return runUntilStop(async () => {
        const compiled = await isolate.compileScript(script.source, { filename: script.filename, lineOffset: -1 })
        await compiled.run(context, { timeout: ms, release: true })
      })
    },
    settle: (id, json, bytes, ms) =>
      runUntilStop(() => settle.apply(undefined, [id, json, ...bytes.map(toGuestBytes)], { timeout: ms })),
    async fire(last, ms) {
      let fired: unknown = false
      const stop = await runUntilStop(async () => {
        fired = await fire.apply(undefined, [last], { timeout: ms })
      })
      return { fired: fired === true, ...(stop ? { stop } : {}) }
    },
    load: loadOnce((name, ms) => runUntilStop(() => loadBundle(name, ms))),
    begin: (seed, clock, ms) => runUntilStop(() => begin.apply(undefined, [seed, clock], { timeout: ms })),
    async ended(ms) {
      const outcome: unknown = await ended.apply(undefined, [], { timeout: ms }).catch(() => undefined)
      return typeof outcome === 'string' ? outcome : undefined
    },
    async close(isOk, ms) {
      let names: unknown
      await runUntilStop(async () => {
        names = await close.apply(undefined, [isOk], { timeout: ms })
      })
      return typeof names === 'string' && names !== '' ? names.split(' ') : []
    },
  }
}

type Entries = Readonly<Record<'settle' | 'fire' | 'begin' | 'ended' | 'close' | 'addBundle', ivm.Reference>>

/** Evaluates the guest bundle with the host's callbacks; returns the functions that the host may call. */
function evaluateGuest(
  isolate: ivm.Isolate,
  context: ivm.Context,
  guest: Guest,
  bridge: Bridge,
  concurrency: number,
): Entries {
  const sync = { sync: true } as const
  const script = isolate.compileScriptSync(wrapGuest(guest.source), compileOptions(guest))
  const evaluate = script.runSync(context, { reference: true })
  const entries = evaluate.applySync(
    undefined,
    [
      new ivm.Callback((bytes: Uint8Array) => bridge.give(bytes), sync),
      new ivm.Callback(() => toGuestBytes(bridge.take()), sync),
      new ivm.Callback((id: number, json: string) => bridge.post(id, json), sync),
      new ivm.Callback((json: string) => bridge.ask(json), sync),
      concurrency,
    ],
    { result: { reference: true } },
  ) as unknown as ivm.Reference<Record<string, (...args: unknown[]) => unknown>>
  const entry = (name: keyof Entries): ivm.Reference => entries.getSync(name, { reference: true })
  return {
    settle: entry('settle'),
    fire: entry('fire'),
    begin: entry('begin'),
    ended: entry('ended'),
    close: entry('close'),
    addBundle: entry('addBundle'),
  }
}

/** Loads each bundle at its first name, one after another, until the isolate stops. */
function loadOnce(load: (name: string, ms: number) => Promise<StopReason | undefined>): Isolate['load'] {
  const loaded = new Map<string, Promise<StopReason | undefined>>()
  return async (bundles, ms) => {
    for (const name of bundles) {
      const loading = loaded.get(name) ?? load(name, ms)
      loaded.set(name, loading)
      const stop = await loading
      if (stop) return stop
    }
    return undefined
  }
}

function compileOptions({ compiled }: Guest): ivm.ScriptInfo & ivm.CachedDataOptions {
  return { ...FILE, ...(compiled && { cachedData: new ivm.ExternalCopy(new Uint8Array(compiled).buffer) }) }
}

/** A byte array for the guest. Only one that owns its whole buffer may be transferred; any other is copied. */
function toGuestBytes(bytes: Uint8Array): ivm.Copy<Uint8Array> {
  const owns =
    bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array
  const own = owns ? bytes : new Uint8Array(bytes)
  return new ivm.ExternalCopy(own, { transferOut: true }).copyInto({ transferIn: true, release: true })
}

interface Stoppable {
  readonly stop: () => void
  /** Enters the isolate; resolves with the reason if it stopped. */
  readonly runUntilStop: (enter: () => Promise<unknown>) => Promise<StopReason | undefined>
}

function stoppable(isolate: ivm.Isolate): Stoppable {
  let isStopped = false
  return {
    stop() {
      isStopped = true
      if (!isolate.isDisposed) isolate.dispose()
    },
    async runUntilStop(enter) {
      const stop = await enterIsolate(isolate, enter)
      return stop && isStopped ? { kind: 'timeout' } : stop
    },
  }
}

async function enterIsolate(isolate: ivm.Isolate, enter: () => Promise<unknown>): Promise<StopReason | undefined> {
  try {
    await enter()
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (/timed out/.test(message)) return { kind: 'timeout' }
    if (/memory limit|Isolate was disposed|Isolate is disposed/.test(message) || isolate.isDisposed)
      return { kind: 'memory' }
    return { kind: 'threw', message }
  }
}
