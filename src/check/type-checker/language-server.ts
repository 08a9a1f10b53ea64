// TypeScript's language server as a child process: an empty environment, virtual documents in, diagnostics out. It may
// hang, grow or crash at any time; the caller enforces the limits (check-limits.ts).
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { openCpuMeter, type CpuMeter } from '../../process-watch/cpu-meter.ts'
import { withoutInherited } from '../../process-wall/inherited-descriptors.ts'
import { confine, killGroup, wallLevel, type WallLevel } from '../../process-wall/wall.ts'
import { typeFiles } from './executable.ts'
import { createMessageReader, frame } from './message-stream.ts'
import type { Documents } from './virtual-documents.ts'

const position = z.object({ line: z.int(), character: z.int() })
const range = z.object({ start: position, end: z.optional(position) })
/** Characters kept of a message. */
const MAX_MESSAGE = 4000
const rawDiagnostic = z.object({
  range,
  /** 1 is an error; 2 to 4 are advice. */
  severity: z.optional(z.int()),
  code: z.optional(z.union([z.int(), z.string()])),
  /** Contains types, which may be as long as a snippet makes them. */
  message: z.pipe(
    z.string(),
    z.transform((text) => text.slice(0, MAX_MESSAGE)),
  ),
  /** Related messages, such as the hint that an await was forgotten. */
  relatedInformation: z.optional(z.nullable(z.array(z.object({ message: z.string() })))),
})
const report = z.object({ items: z.array(rawDiagnostic) })
/** A diagnostic as the server sends it; lines and characters count from 0. */
export type RawDiagnostic = z.infer<typeof rawDiagnostic>

const locations = z.nullable(z.array(z.object({ uri: z.string() })))
const hover = z.nullable(z.object({ contents: z.object({ value: z.string() }) }))
const completions = z.nullable(z.object({ items: z.array(z.object({ label: z.string() })) }))

/** A position in the cell; lines and characters count from 0. */
export interface TextPosition {
  readonly line: number
  readonly character: number
}

/** Answers about positions in the cell that was checked last. */
export interface CellFacts {
  /** URIs of the files that declare the name here. */
  declarations(place: TextPosition): Promise<readonly string[]>
  /** URIs of the files that declare the type of the name here. */
  typeDeclarations(place: TextPosition): Promise<readonly string[]>
  /** The hover text of the name here; empty if there is none. */
  description(place: TextPosition): Promise<string>
  /** The completions here: inside a string, its allowed values. */
  choices(place: TextPosition): Promise<readonly string[]>
}

const incoming = z.object({
  id: z.optional(z.union([z.int(), z.string()])),
  method: z.optional(z.string()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ message: z.string() })),
})

export interface LanguageServer extends CellFacts {
  readonly pid: number | undefined
  readonly cpu: CpuMeter
  /** Opens, changes and closes documents until the server has these and the cell; returns how many it opened. */
  show(documents: Documents): number
  /** The diagnostics of a cell; rejects if the server dies or reports an error. */
  diagnose(code: string): Promise<RawDiagnostic[]>
  /** Whether the process keeps the event loop alive. */
  keepAlive(held: boolean): void
  kill(): void
}

const CELL = 'cell.ts'
/** Completions without other modules' exports: indexing every package made a check take 100 ms instead of 10. */
const OPTIONS = {
  disablePushDiagnostics: true,
  disableAutomaticTypeAcquisition: true,
  userPreferences: { includeCompletionsForModuleExports: false },
}

const CAPABILITIES = {
  textDocument: { diagnostic: { relatedInformation: true }, hover: { contentFormat: ['plaintext'] } },
}

/** Starts the compiler as a language server for documents in `folder`; only tests pass another wall level. */
export function startLanguageServer(compiler: string, folder: string, level = wallLevel()): LanguageServer {
  const child = startCompiler(compiler, level)
  const cpu = openCpuMeter(child.pid)
  for (const end of ['exit', 'error']) child.on(end, () => cpu.close())
  const peer = connect(child)
  const uri = (name: string): string => pathToFileURL(path.join(folder, name)).href
  const shown = new Map<string, string>()
  let version = 0

  const put = (name: string, text: string): void => {
    if (shown.get(name) === text) return
    const document = { uri: uri(name), version: ++version }
    if (shown.has(name)) peer.notify('textDocument/didChange', { textDocument: document, contentChanges: [{ text }] })
    else peer.notify('textDocument/didOpen', { textDocument: { ...document, languageId: 'typescript', text } })
    shown.set(name, text)
  }
  const about = (method: string, at: TextPosition): Promise<unknown> =>
    peer.ask(`textDocument/${method}`, { textDocument: { uri: uri(CELL) }, position: at })
  const files = async (method: string, at: TextPosition): Promise<string[]> =>
    (locations.parse(await about(method, at)) ?? []).map((one) => one.uri)
  const started = peer.ask('initialize', {
    // In the jail the server could not see this process, take it for dead and end within 5 s. It ends with its stdin.
    processId: null,
    rootUri: pathToFileURL(folder).href,
    capabilities: CAPABILITIES,
    initializationOptions: OPTIONS,
  })
  peer.notify('initialized', {})
  started.catch(() => {})

  return {
    pid: child.pid,
    cpu,
    show(documents) {
      for (const name of shown.keys()) {
        if (name === CELL || documents.has(name)) continue
        peer.notify('textDocument/didClose', { textDocument: { uri: uri(name) } })
        shown.delete(name)
      }
      const before = shown.size
      for (const [name, text] of documents) put(name, text)
      return shown.size - before
    },
    async diagnose(code) {
      put(CELL, code)
      await started
      return report.parse(await peer.ask('textDocument/diagnostic', { textDocument: { uri: uri(CELL) } })).items
    },
    declarations: (at) => files('definition', at),
    typeDeclarations: (at) => files('typeDefinition', at),
    description: async (at) => hover.parse(await about('hover', at))?.contents.value ?? '',
    choices: async (at) => (completions.parse(await about('completion', at))?.items ?? []).map(({ label }) => label),
    keepAlive: (held) => (held ? child.ref() : child.unref()),
    kill: () => killGroup(child),
  }
}

/** Its jail contains only the compiler and the types, since a diagnostic may quote any file that it reads. */
function startCompiler(compiler: string, level: WallLevel): ChildProcess {
  const command = [compiler, '--lsp', '--stdio'] as const
  const [program, ...args] = confine({ command, readable: typeFiles(compiler), limits: ['ulimit -c 0'] }, level)
  const child = spawn(program, args, {
    cwd: '/',
    env: {},
    stdio: withoutInherited(['pipe', 'pipe', 'ignore', 'ignore', 'pipe']),
    detached: true,
  })
  child.on('exit', () => killGroup(child))
  return child
}

const END_MS = 1000

interface Peer {
  ask(method: string, params: object): Promise<unknown>
  notify(method: string, params: object): void
}

/** JSON-RPC over the child's pipes. Every request is answered or, when the child ends, rejected. */
function connect(child: ChildProcess): Peer {
  const waiting = new Map<unknown, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lost: Error | undefined
  let count = 0
  const lose = (why: string): void => {
    lost ??= new Error(`the type checker stopped: ${why}`)
    for (const { reject } of waiting.values()) reject(lost)
    killGroup(child)
  }
  const send = (message: object): void => void child.stdin?.write(frame({ jsonrpc: '2.0', ...message }))
  const receive = createMessageReader((message) => {
    const { id, method, result, error } = incoming.parse(message)
    // The server sometimes requests settings; there are none.
    if (method !== undefined) return id === undefined ? undefined : send({ id, result: null })
    const question = waiting.get(id)
    waiting.delete(id)
    if (error) question?.reject(new Error(error.message))
    else question?.resolve(result)
  })
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      receive(chunk)
    } catch (error) {
      lose((error as Error).message)
    }
  })
  // A process's exit status arrives a little later than the error of its pipe.
  child.stdin?.on('error', (error) => setTimeout(() => lose(error.message), END_MS))
  child.on('error', (error) => lose(error.message))
  child.on('exit', (code, signal) => lose(signal ?? `exit code ${code}`))
  child.unref()
  for (const pipe of child.stdio) (pipe as unknown as { unref?(): void } | null)?.unref?.()

  return {
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        if (lost) return reject(lost)
        waiting.set(++count, { resolve, reject })
        send({ id: count, method, params })
      }),
    notify: (method, params) => send({ method, params }),
  }
}
