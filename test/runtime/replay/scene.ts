// A session for replay tests: real sandbox, in-memory journal, cells run without checker or planner.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { defaultLimits, type Limits } from '../../../sandbox/limits.ts'
import type { Event, EventOf } from '../../../sessions/event.ts'
import { createMemoryDisk, openMemoryStore } from '../../doubles/memory-store.ts'
import type { StoredSession, SessionStore } from '../../../sessions/store.ts'
import { openSandbox, type Sandbox } from '../../../src/runner/sandbox.ts'
import { createVariables, type Variables } from '../../../src/runtime/replay/variables.ts'

export interface Ran {
  readonly status: string
  readonly message: string | undefined
  /** Its output, including the value of the last expression. */
  readonly text: string
  readonly restored: EventOf<'restored'> | undefined
}

export interface Scene {
  readonly stored: StoredSession
  readonly sandbox: () => Sandbox
  readonly variables: () => Variables
  /** What the checker was told. */
  readonly told: string[]
  run(code: string, given?: { signal?: AbortSignal; timeoutMs?: number }): Promise<Ran>
  upload(name: string, content: string | Buffer): Promise<void>
  undo(name: string): Promise<void>
  /** Ends the child, as a crash between cells would. */
  kill(): Promise<void>
  /** Continues in another sandbox, as after an idle reset or in another program. */
  rest(): Promise<void>
  close(): Promise<void>
}

/** Sandboxes of closed scenes, emptied of files, by their limits. */
const used = new Map<string, Sandbox>()
afterAll(async () => {
  for (const sandbox of used.values()) await sandbox.close()
})

/**
 * Opens a session with an empty journal. A `used` sandbox may still have variables of an earlier scene: for tests that
 * look only at what they made themselves, or at the state after a reset, which always uses another sandbox.
 */
export async function openScene(given: Partial<Limits> = {}, first: 'fresh' | 'used' = 'fresh'): Promise<Scene> {
  const limits = { ...defaultLimits(), ...given }
  const key = JSON.stringify(limits)
  const store: SessionStore = openMemoryStore({ disk: createMemoryDisk() })
  const stored = await store.create({ idleMs: 60_000, retentionMs: 60_000 })
  const told: string[] = []
  const checker = {
    accept: (code: string, names: readonly string[]) => void told.push(`accept ${names.join(' ')}`),
    forget: (names?: readonly string[]) => void told.push(`forget ${names?.join(' ') ?? 'all'}`),
  }
  let sandbox: Sandbox
  let variables: Variables
  let cell = 0
  const start = (from?: Sandbox): void => {
    const folder = join(mkdtempSync(join(tmpdir(), 'easel-replay-')), 'session')
    sandbox = from ?? openSandbox({ folder, limits })
    variables = createVariables({ stored, sandbox, checker, limits })
  }
  start(first === 'used' ? used.get(key) : undefined)
  used.delete(key)

  return {
    stored,
    told,
    sandbox: () => sandbox,
    variables: () => variables,
    async run(code, { signal = new AbortController().signal, timeoutMs = limits.timeoutMs } = {}) {
      const request = { cell: ++cell, code, seed: cell * 7919, clock: 1.6e12 + cell * 1000 }
      await stored.append({ type: 'cell', ...request })
      let restored: EventOf<'restored'> | undefined
      for await (const event of variables.prepare(code, signal)) {
        if (event.type === 'restored') restored = event
        await stored.append(event)
      }
      const reports: Event[] = []
      const { lost: _, ...end } = await sandbox.run(
        { ...request, timeoutMs },
        (report) => {
          if (report.type !== 'file') return void reports.push(report)
          const { blob: _, ...file } = report
          reports.push({ ...file, mime: report.card.mime })
        },
        signal,
      )
      for (const report of reports) await stored.append(await withHash(report))
      if (end.status === 'ok') variables.ran(cell)
      await stored.append({ type: 'result', ...end, names: [...end.names] })
      const text = reports.flatMap((report) => (report.type === 'print' ? report.text : [])).join('')
      return { status: end.status, message: end.message, text, restored }
    },
    async upload(name, content) {
      await variables.files()
      const path = join(mkdtempSync(join(tmpdir(), 'easel-replay-')), 'upload')
      writeFileSync(path, content)
      const card = await sandbox.upload(name, path)
      const { hash } = await stored.putFile(name, { path, follow: false })
      await stored.append({ type: 'upload', name, card, hash })
    },
    async undo(name) {
      const undo = stored.undoOf(name)
      if (undo) await stored.append(undo)
      await variables.files()
    },
    kill: () => sandbox.renew(),
    async rest() {
      await sandbox.close()
      start()
    },
    async close() {
      if (first === 'used') {
        for (const { name } of sandbox.files()) await sandbox.removeFile(name)
        used.set(key, sandbox)
      } else await sandbox.close()
      await store.close()
    },
  }

  async function withHash(event: Event): Promise<Event> {
    if (event.type !== 'file') return event
    const { hash } = await stored.putFile(event.name, { path: sandbox.file(event.name)?.path ?? '', follow: false })
    return { ...event, hash }
  }
}
