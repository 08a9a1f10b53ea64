// The gallery's charts have no text that is cut off or lies on another, in both themes and at both densities.
import { createCanvas } from '@napi-rs/canvas'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerFonts } from '../../sandbox/fonts/register.ts'
import { chart, type ChartOptions } from '../../sandbox/helpers/chart.ts'
import { GALLERY } from './gallery.ts'
import { overflow, overlap, recordTexts, type MeasuredText } from './measured-text.ts'

beforeAll(() => registerFonts())

/** Letters may touch: their boxes are a little larger than what is seen of them. */
const SLACK = 1.5

async function problemsOf(config: object, options: ChartOptions): Promise<string[]> {
  const texts = await recordTexts(() => chart(config as never, options))
  expect(texts.length).toBeGreaterThan(2)
  const density = options.density ?? 2
  const cut = texts.filter((text) => overflow(text) > SLACK * density).map(({ text }) => `${text} is cut off`)
  return [...cut, ...overlapping(texts, SLACK * density)]
}

function overlapping(texts: readonly MeasuredText[], slack: number): string[] {
  return texts.flatMap((one, i) =>
    texts
      .slice(i + 1)
      .filter((other) => other.text !== one.text || overlap(one, other) < one.fontSize)
      .filter((other) => overlap(one, other) > slack)
      .map((other) => `${one.text} lies on ${other.text}`),
  )
}

it('shows at least forty charts', () => expect(GALLERY.length).toBeGreaterThanOrEqual(40))

describe.each(GALLERY)('$name', ({ config }) => {
  it.each([
    { theme: 'light', density: 2 },
    { theme: 'dark', density: 1 },
    { theme: 'light', density: 1, width: 640, height: 400 },
  ] as const)('has no text that is cut off or on another: %o', async (options) => {
    expect(await problemsOf(config, options)).toEqual([])
  })
})

describe('the measure', () => {
  const draw = async (
    lines: readonly (readonly [string, number, number, number?])[],
  ): Promise<readonly MeasuredText[]> =>
    recordTexts(async () => {
      const context = createCanvas(400, 300).getContext('2d')
      for (const [text, x, y, turn = 0] of lines) {
        context.setTransform(Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), x, y)
        context.font = '20px sans-serif'
        context.fillText(text, 0, 0)
      }
    })

  it('finds text beyond an edge and on other text, turned or not', async () => {
    const [inside, cut, below, turned] = await draw([
      ['inside', 20, 40],
      ['cut off', 350, 40],
      ['on it', 40, 46],
      ['turned', 30, 20, 0.7],
    ])
    expect(overflow(inside!)).toBe(0)
    expect(overflow(cut!)).toBeGreaterThan(5)
    expect(overlap(inside!, below!)).toBeGreaterThan(5)
    expect(overlap(inside!, turned!)).toBeGreaterThan(5)
    expect(overlap(inside!, cut!)).toBe(0)
  })
})
