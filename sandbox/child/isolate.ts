// The isolate wall and the only importer of isolated-vm: one isolate, one context, four callbacks, four entries.
// Strings and fresh byte arrays cross, nothing else; the host never throws into the guest.
import { setFlagsFromString } from 'node:v8'
import ivm from 'isolated-vm'
import type { Bridge } from './bridge.ts'
import type { CellScript } from './cell/script.ts'

/** Why the isolate stopped by itself. */
export type Stop = { readonly kind: 'timeout' | 'memory' } | { readonly kind: 'threw'; readonly message: string }

export interface Isolate {
  /** Runs a script or a continuation for at most `ms`; resolves with why it was stopped, if it was. */
  run(script: CellScript, ms: number): Promise<Stop | undefined>
  settle(id: number, json: string, bytes: readonly Uint8Array[], ms: number): Promise<Stop | undefined>
  /** Fires the next timer; `fired` is false if there is none. */
  fire(last: boolean, ms: number): Promise<{ stop?: Stop; fired: boolean }>
  begin(seed: number, clock: number, ms: number): Promise<Stop | undefined>
  /** '' if the cell's body is done, JSON of what it threw, undefined while it runs. */
  ended(ms: number): Promise<string | undefined>
  /** Ends what runs in it, for good: every entry stops with `timeout`. */
  stop(): void
  /** Names that stay, none of a cell that did not end well; empty when the guest's end could not say. */
  close(isWell: boolean, ms: number): Promise<readonly string[]>
}

// The guest's canvas collects what it cannot weigh; the name `gc` is out of a snippet's reach (guest/core/collector.ts).
setFlagsFromString('--expose-gc')

/** The guest bundle, and what V8 made of it at build time: compiling it takes 25 ms of processor time, reading that 1. */
export interface Guest {
  readonly source: string
  /** Of exactly this source; an engine that it was not made by passes it over. */
  readonly compiled?: Uint8Array
}

// Strict, so that neither `caller` nor a call site of a stack gives a snippet the guest's own functions.
const wrapped = (source: string): string => `(function($0,$1,$2,$3,$4){'use strict';${source}\nreturn easelGuest})`
const FILE = { filename: 'easel:guest' }

/** V8's code cache of a guest bundle. */
export function compileGuest(source: string): Uint8Array {
  const isolate = new ivm.Isolate()
  const options = { ...FILE, produceCachedData: true }
  // The package sets it on the script, which its types do not say.
  const { cachedData } = isolate.compileScriptSync(wrapped(source), options) as {
    cachedData?: ivm.ExternalCopy<ArrayBuffer>
  }
  const bytes = new Uint8Array(cachedData?.copy() ?? new ArrayBuffer(0))
  isolate.dispose()
  return bytes
}

/** Makes the isolate and evaluates the guest bundle in it. `memoryBytes` covers heap and buffers. */
export function openIsolate(guest: Guest, bridge: Bridge, memoryBytes: number, concurrency: number): Isolate {
  const isolate = new ivm.Isolate({ memoryLimit: Math.max(8, Math.floor(memoryBytes / 1_048_576)) })
  const context = isolate.createContextSync()
  const sync = { sync: true } as const
  const { source, compiled } = guest
  const cachedData = compiled && new ivm.ExternalCopy(new Uint8Array(compiled).buffer)
  const script = isolate.compileScriptSync(wrapped(source), { ...FILE, ...(cachedData && { cachedData }) })
  const evaluate = script.runSync(context, { reference: true })
  const entries = evaluate.applySync(
    undefined,
    [
      new ivm.Callback((bytes: Uint8Array) => bridge.give(bytes), sync),
      new ivm.Callback(() => outward(bridge.take()), sync),
      new ivm.Callback((id: number, json: string) => bridge.post(id, json), sync),
      new ivm.Callback((json: string) => bridge.ask(json), sync),
      concurrency,
    ],
    { result: { reference: true } },
  ) as unknown as ivm.Reference<Record<string, (...args: unknown[]) => unknown>>
  const entry = (name: string): ivm.Reference => entries.getSync(name, { reference: true })
  const [settle, fire, begin, ended, close] = ['settle', 'fire', 'begin', 'ended', 'close'].map(entry) as [
    ivm.Reference,
    ivm.Reference,
    ivm.Reference,
    ivm.Reference,
    ivm.Reference,
  ]

  const { stop, stopOf } = stoppable(isolate)

  return {
    stop,
    async run(script, ms) {
      return stopOf(async () => {
        const compiled = await isolate.compileScript(script.source, { filename: script.filename, lineOffset: -1 })
        await compiled.run(context, { timeout: ms, release: true })
      })
    },
    settle: (id, json, bytes, ms) =>
      stopOf(() => settle.apply(undefined, [id, json, ...bytes.map(outward)], { timeout: ms })),
    async fire(last, ms) {
      let fired: unknown = false
      const stop = await stopOf(async () => {
        fired = await fire.apply(undefined, [last], { timeout: ms })
      })
      return { fired: fired === true, ...(stop ? { stop } : {}) }
    },
    begin: (seed, clock, ms) => stopOf(() => begin.apply(undefined, [seed, clock], { timeout: ms })),
    async ended(ms) {
      const outcome: unknown = await ended.apply(undefined, [], { timeout: ms }).catch(() => undefined)
      return typeof outcome === 'string' ? outcome : undefined
    },
    async close(isWell, ms) {
      let names: unknown
      await stopOf(async () => {
        names = await close.apply(undefined, [isWell], { timeout: ms })
      })
      return typeof names === 'string' && names !== '' ? names.split(' ') : []
    },
  }
}

/** A byte array for the guest: only one that owns its whole buffer may be handed over, any other is copied. */
function outward(bytes: Uint8Array): ivm.Copy<Uint8Array> {
  const owns =
    bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array
  const own = owns ? bytes : new Uint8Array(bytes)
  return new ivm.ExternalCopy(own, { transferOut: true }).copyInto({ transferIn: true, release: true })
}

interface Stoppable {
  readonly stop: () => void
  /** Enters the isolate and says why it stopped, if it did. */
  readonly stopOf: (enter: () => Promise<unknown>) => Promise<Stop | undefined>
}

function stoppable(isolate: ivm.Isolate): Stoppable {
  let isStopped = false
  return {
    stop() {
      isStopped = true
      if (!isolate.isDisposed) isolate.dispose()
    },
    async stopOf(enter) {
      const stop = await entered(isolate, enter)
      return stop && isStopped ? { kind: 'timeout' } : stop
    },
  }
}

async function entered(isolate: ivm.Isolate, enter: () => Promise<unknown>): Promise<Stop | undefined> {
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
