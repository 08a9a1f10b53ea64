// Files that are known to be unusable are not shown to a model; the others are shown as if those did not exist.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { EventOf } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { createScriptedPlanner, type ScriptedStep } from '../doubles/scripted-planner.ts'
import { createSessionService, type SessionService } from '../../src/runtime/session-service.ts'
import { newFolder } from '../cli/program.ts'
import { startProcesses } from '../shared-processes.ts'

const limits = { ...defaultLimits(), picturePixels: 500_000 }
const folder = newFolder()
let service: SessionService
beforeAll(() => {
  service = createSessionService({
    store: openStore({ folder: join(folder, 'data'), limits }),
    limits,
    startProcesses,
  })
})
afterAll(() => service.close())

const flat = (background: string, width: number) =>
  sharp({ create: { width, height: 700, channels: 3, background } })
    .png()
    .toBuffer()

test('one that is too large stays out of the sheet of the others, one that is not read is not even tried', async () => {
  const session = await service.create({ idleMs: 3_600_000, retentionMs: 3_600_000 })
  const bring = async (name: string, bytes: Uint8Array | string): Promise<string> => {
    await writeFile(join(folder, 'upload'), bytes)
    return (await session.upload({ name, path: join(folder, 'upload') })).name
  }
  const look = async (
    files: readonly string[],
    script: readonly ScriptedStep[],
  ): Promise<EventOf<'look'> | undefined> => {
    const planner = { ...createScriptedPlanner(script), sight: { model: 'gpt-4o', detail: 'high' } as const }
    const events = await Array.fromAsync(session.turn(planner, { text: 'Look.', files }, new AbortController().signal))
    return events.find((event) => event.type === 'look')
  }
  const names = []
  for (let i = 0; i < 5; i++) names.push(await bring(`${i}.png`, await flat(`rgb(${i * 40}, 9, 9)`, 700)))
  const others = [await bring('large.png', await flat('red', 900)), await bring('a.psd', '8BPS')]
  const shown = await look([...names, ...others], [])
  expect(shown!.pictures.map((picture) => picture.names)).toEqual([names])
  expect(shown!.problems).toEqual([
    '"large.png" has 630,000 pixels (900 x 700); the limit is 500,000. Make it smaller.',
  ])
  const asked = await look(
    [],
    [{ type: 'run', text: '', actions: [{ look: ['a.psd'], detail: 'high', callId: 'c1' }], unreadable: [] }],
  )
  expect(asked!.problems).toEqual([
    '"a.psd" cannot be shown. It is a Photoshop file, which is not read here. Export it as PNG or JPEG and attach that.',
  ])
})
