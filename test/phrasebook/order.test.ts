// sharp applies a chain in its own order; the phrasebook's chains give the result of the steps one by one.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { snippetOf } from '../../src/phrasebook/code/snippet.ts'
import type { Transform } from '../../src/phrasebook/jobs/job.ts'
import { picture } from './scene.ts'
import { ran, snippetFolder } from './snippet-folder.ts'

describe('a chain of steps', () => {
  const STEPS: readonly Transform[] = [
    { kind: 'grayscale' },
    { kind: 'invert' },
    { kind: 'sepia' },
    { kind: 'rotate', degrees: 30, background: 'white' },
    { kind: 'rotate', degrees: 90, background: 'white' },
    { kind: 'flip', axis: 'horizontal' },
    { kind: 'flip', axis: 'vertical' },
    { kind: 'blur', sigma: 2 },
    { kind: 'crop', area: { type: 'ratio', width: 1, height: 1, position: 'left' } },
    { kind: 'resize', width: 50 },
    { kind: 'sharpen', sigma: 1 },
    { kind: 'contrast', factor: 1.2 },
    { kind: 'brighten', factor: 1.2 },
    { kind: 'hue', degrees: 40 },
    { kind: 'tint', color: 'blue' },
  ]

  it('gives what the steps give one by one, whatever their order', async () => {
    const here = await snippetFolder()
    const source = { name: 'portrait.png', card: picture }
    const names: string[] = []
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let n = 0; n < 40; n++) {
      const steps = Array.from({ length: 2 + random(4) }, () => STEPS[random(STEPS.length)]!)
      const edit = (from: string, to: string, some: readonly Transform[]) =>
        snippetOf([
          { kind: 'edit', files: [{ source: { ...source, name: from }, output: to }], steps: some, animated: false },
        ])
      const single = steps.map((step, at) =>
        edit(at === 0 ? 'portrait.png' : `s${n}-${at}.png`, `s${n}-${at + 1}.png`, [step]),
      )
      for (const [at, code] of [edit('portrait.png', `all${n}.png`, steps), ...single, ''].entries()) {
        if (!code)
          await writeFile(join(here, `last${n}.json`), JSON.stringify({ steps, last: `s${n}-${steps.length}.png` }))
        else {
          await writeFile(join(here, `p${n}-${at}.ts`), code)
          names.push(`p${n}-${at}.ts`)
        }
      }
    }
    await ran(here, names)
    for (let n = 0; n < 40; n++) {
      const { steps, last } = JSON.parse(await readFile(join(here, `last${n}.json`), 'utf8')) as {
        steps: Transform[]
        last: string
      }
      const off = await difference(join(here, `all${n}.png`), join(here, last))
      expect({ steps, alike: off < 3 }).toEqual({ steps, alike: true })
    }
  }, 120_000)
})

/** The mean difference of two pictures of one size, in levels of 255. */
async function difference(a: string, b: string): Promise<number> {
  const [one, two] = await Promise.all(
    [a, b].map((name) => sharp(name).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  )
  expect([one!.info.width, one!.info.height]).toEqual([two!.info.width, two!.info.height])
  let sum = 0
  for (let i = 0; i < one!.data.length; i++) sum += Math.abs(one!.data[i]! - two!.data[i]!)
  return sum / one!.data.length
}
