// For tests of image inputs: a real sandbox, generated pictures, and the prepared results.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { defaultLimits, type Limits } from '../../../sandbox/limits.ts'
import type { Detail } from '../../../sessions/event.ts'
import { openSandbox, type Sandbox } from '../../../src/runner/sandbox.ts'
import { planShots, type Candidate, type Shot } from '../../../src/vision/plan.ts'
import { pixels } from '../sharp/pictures.ts'

export interface Seen {
  readonly shot: Shot
  readonly mime: string
  readonly content: Buffer
  readonly width: number
  readonly height: number
}

export interface ShownScene {
  readonly sandbox: Sandbox
  bring(name: string, bytes: Uint8Array): Promise<Candidate>
  /** Plans and prepares the images; gives a sentence for each that has a problem. */
  show(files: readonly Candidate[], detail?: Detail, model?: string): Promise<readonly (Seen | string)[]>
  /** The prepared image of a single picture, which must succeed. */
  one(file: Candidate, detail?: Detail, model?: string): Promise<Seen>
  close(): Promise<void>
}

export function openShownScene(limits: Partial<Limits> = {}): ShownScene {
  const folder = mkdtempSync(join(tmpdir(), 'easel-shown-'))
  const sandbox = openSandbox({ folder: join(folder, 'session'), limits: { ...defaultLimits(), ...limits } })
  const scene: ShownScene = {
    sandbox,
    async bring(name, bytes) {
      const path = join(folder, 'upload')
      writeFileSync(path, bytes)
      return { name, card: await sandbox.upload(name, path) }
    },
    async show(files, detail = 'high', model = 'gpt-4o') {
      const seen: (Seen | string)[] = []
      for (const shot of planShots(files, detail, model).shots) {
        const { tokens: _, ...job } = shot
        const made = await sandbox.show(job)
        seen.push('problem' in made ? made.problem : { ...made, shot, content: Buffer.from(made.content) })
      }
      return seen
    },
    async one(file, detail, model) {
      const [seen] = await scene.show([file], detail, model)
      if (typeof seen !== 'object') throw new Error(seen ?? 'nothing')
      return seen
    },
    async close() {
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return scene
}

/** Grainy, so that it compresses badly. */
export function photo(width: number, height: number) {
  return sharp(pixels(width, height), { raw: { width, height, channels: 3 } })
}

/** The colour at a point: red, green, blue, alpha. */
export async function colourAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)]
}

/** A 24-bit Windows bitmap without compression. */
export function bitmap(width: number, height: number, [r, g, b]: readonly [number, number, number]): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + row * height)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) file.set([b, g, r], 54 + y * row + x * 3)
  return file
}
