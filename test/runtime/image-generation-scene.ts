// A session in the real sandbox with a scripted planner that generates images; the Images API's answers are given.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach } from 'vitest'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { SessionStore } from '../../sessions/store.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import type { Action, DrawingResult, DrawingRequest, Planner, Step } from '../../src/planner/planner.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { createSessionService } from '../../src/runtime/session-service.ts'
import { startProcesses as startFresh, type StartProcesses } from '../../src/runtime/processes.ts'
import type { Session } from '../../src/runtime/session.ts'
import { startProcesses as startShared } from '../shared-processes.ts'

export interface DrawingScene {
  readonly store: Promise<SessionStore>
  session(): Session
  /** The requests to the Images API. */
  readonly asked: DrawingRequest[]
  upload(name: string, bytes: Uint8Array): Promise<void>
  /** A turn with these actions, one per step; `draw` answers the image generations among them. */
  turn(actions: readonly Action[], draw?: Draw, text?: string): Promise<Event[]>
  /** A turn of another planner. */
  converse(planner: Planner, text: string): Promise<Event[]>
  /** A turn of the phrasebook. */
  ask(text: string): Promise<Event[]>
  /** Continues in another sandbox, as after an idle reset. */
  rest(): Promise<void>
}

type Draw = Uint8Array | DrawingResult | NonNullable<Planner['draw']>

type Cleanup = () => Promise<void>
const cleanups: Record<'test' | 'file', Cleanup[]> = { test: [], file: [] }
afterEach(async () => {
  for (const cleanup of cleanups.test.splice(0).reverse()) await cleanup()
})
afterAll(async () => {
  for (const cleanup of cleanups.file.splice(0).reverse()) await cleanup()
})

/** A picture of one colour. */
export function fill(colour: string, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png', width = 40): Promise<Buffer> {
  return sharp({ create: { width, height: 30, channels: 4, background: colour } })
    .toFormat(format)
    .toBuffer()
}

/** The action that generates a fox. */
export function fox(more: Partial<EventOf<'drawing'>> = {}): Action {
  return { drawing: { prompt: 'a fox', name: 'fox.png', inputs: [], ...more }, callId: 'call-1' }
}

/** The events without what differs between runs. */
export function told(events: readonly Event[]): string[] {
  return events.map((event) => {
    if (event.type === 'drawing') return `drawing ${event.name}`
    if (event.type === 'drawn') return `drawn ${event.status}${event.message ? `: ${event.message}` : ''}`
    if (event.type === 'file') return `file ${event.cell} ${event.name}`
    return event.type === 'result' || event.type === 'end' ? `${event.type} ${event.status}` : event.type
  })
}

/** How the only image generation of a turn ended. */
export async function ending(scene: DrawingScene, ...given: Parameters<DrawingScene['turn']>): Promise<unknown> {
  const events = await scene.turn(...given)
  const drawn = events.find((event) => event.type === 'drawn')
  return drawn && [drawn.status, drawn.code, drawn.message]
}

/** Opens a session without files, for one test or for all of the file. */
export async function openDrawingScene(
  limits: Partial<Limits> = {},
  lifetime: 'test' | 'file' = 'test',
): Promise<DrawingScene> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-drawn-'))
  const all = { ...defaultLimits(), ...limits }
  const store = openStore({ folder: join(folder, 'data'), limits: all })
  let rested = false
  const startProcesses: StartProcesses = (options) => (rested ? startFresh(options) : startShared(options))
  const service = createSessionService({ store, limits: all, startProcesses })
  cleanups[lifetime].push(async () => {
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let session = await service.create({ idleMs: 3_600_000, retentionMs: 3_600_000 })
  const asked: DrawingRequest[] = []
  const never = new AbortController().signal
  const turn = async (planner: Planner, text: string): Promise<Event[]> => {
    const events: Event[] = []
    for await (const event of session.turn(planner, { text, files: [] }, never)) events.push(event)
    return events
  }
  return {
    store,
    asked,
    session: () => session,
    async upload(name, bytes) {
      const path = join(folder, 'upload')
      writeFileSync(path, bytes)
      await session.upload({ name, path })
    },
    turn(actions, draw, text = 'draw') {
      const steps = actions.map((action): Step => ({ type: 'run', text: '', actions: [action], unreadable: [] }))
      const answer = async (request: DrawingRequest, signal: AbortSignal): Promise<DrawingResult> => {
        asked.push(request)
        if (typeof draw === 'function') return draw(request, signal)
        return draw instanceof Uint8Array ? { ok: true, bytes: draw } : draw!
      }
      return turn({ ...createScriptedPlanner(steps), ...(draw ? { draw: answer } : {}) }, text)
    },
    converse: turn,
    ask: (text) => turn(createPhrasebookPlanner(), text),
    async rest() {
      const { id } = session
      rested = true
      await service.deactivate(id)
      const found = await service.open(id)
      if (found.status !== 'open') throw new Error(found.status)
      session = found.session
    },
  }
}
