// Sessions in the real sandbox and on a real disk, exported, unzipped and run as by someone without Easel.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { exportProject, type ExportResult } from '../../src/export/project.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import type { PlannedCell } from '../../src/planner/planner.ts'
import { createSessionService } from '../../src/runtime/session-service.ts'
import { systemNode } from '../cli/program.ts'
import { unzip } from '../unzip.ts'

const product = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'easel-export-'))
  folders.push(folder)
  return folder
}

export interface Scene {
  upload(name: string, bytes: Uint8Array | string): Promise<void>
  /** A turn of the phrasebook. */
  ask(text: string, ...files: string[]): Promise<void>
  /** Runs a cell and returns its result. */
  run(code: string, facts?: Omit<PlannedCell, 'code'>): Promise<EventOf<'result'>>
  undo(name: string): Promise<void>
  /** The session's current files by their SHA-256. */
  files(): Record<string, string>
  export(): Promise<ExportResult & { readonly zip: string }>
}

/** A session in the sandbox. */
export async function openScene(): Promise<{ scene: Scene; close: () => Promise<void> }> {
  const folder = newFolder()
  const store = openStore({ folder: join(folder, 'data') })
  const service = createSessionService({ store, limits: defaultLimits() })
  const session = await service.create({ idleMs: 3_600_000, retentionMs: 3_600_000 })
  const never = new AbortController().signal
  const scene: Scene = {
    async upload(name, bytes) {
      const path = join(folder, 'upload')
      writeFileSync(path, bytes)
      await session.upload({ name, path })
    },
    async ask(text, ...files) {
      let end: Event | undefined
      for await (const event of session.turn(createPhrasebookPlanner(), { text, files }, never)) end = event
      if (end?.type !== 'end' || end.status !== 'ok') throw new Error(`not done: ${JSON.stringify(end)}`)
    },
    async run(code, facts = {}) {
      const events = session.run({ code, ...facts }, never)
      let result: EventOf<'result'> | undefined
      for await (const event of events) if (event.type === 'result') result = event
      if (!result) throw new Error('no result')
      return result
    },
    undo: async (name) => void (await session.undo(name)),
    files: () => Object.fromEntries(session.currentFiles().map(({ name, hash }) => [name, hash ?? ''])),
    async export() {
      const view = await (await store).read(session.id)
      if (!view) throw new Error('no such session')
      const zip = join(newFolder(), 'out.zip')
      return { ...(await exportProject(await view.whole(), zip)), zip }
    },
  }
  return { scene, close: () => service.close() }
}

/** Unzips into a new folder that links to this repository's packages instead of installing them. */
export function unpacked(zip: string, packages = true): string {
  const folder = newFolder()
  unzip(zip, folder)
  if (packages) symlinkSync(join(product, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command as on a machine without Easel: its own Node, nothing of this project in the environment. */
export function runIn(folder: string, command: string, args: readonly string[]): Promise<Ran> {
  const { HOME = '' } = process.env
  const PATH = `${dirname(systemNode())}:/usr/local/bin:/usr/bin:/bin`
  const child = spawn(command, args, { cwd: folder, env: { PATH, HOME } })
  const parts = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (part) => (parts[stream] += part))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...parts }))
  })
}

/** The command behind `npm start`; npm itself takes longer than most projects. */
export function start(folder: string): Promise<Ran> {
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { start: string } }
  const [command = '', ...words] = facts.scripts.start.split(' ')
  return runIn(folder, command, words)
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
