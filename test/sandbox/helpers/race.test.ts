// The bar race: the order and colours of the bars, and the look of the frames.
import { beforeAll, expect, test } from 'vitest'
import { PALETTE } from '../../../sandbox/helpers/palette.ts'
import { raceFrames } from '../../../sandbox/helpers/race/bar-race.ts'
import { figureFormat, roundStep } from '../../../sandbox/helpers/race/frame-drawing.ts'
import { seriesOf } from '../../../sandbox/helpers/race/series.ts'
import { barsAt, coloursOf } from '../../../sandbox/helpers/race/ranks.ts'
import { titleParts } from '../../../sandbox/helpers/race/title.ts'
import type { RawPicture } from '../../../sandbox/helpers/picture.ts'
import { registerFonts } from './fixtures.ts'

beforeAll(registerFonts)

const WIDE = [
  { 地区: '甲', 人口: null, '2003年': 5, '2004年': 6, '2005年': 1 },
  { 地区: '乙', 人口: null, '2003年': 3, '2004年': 9, '2005年': 2 },
  { 地区: '丙', 人口: null, '2003年': 1, '2004年': null, '2005年': 3 },
]

test('a wide table gives one time a year column, a long one adds up what comes twice', () => {
  const wide = seriesOf(WIDE, {})
  expect(wide.times).toEqual(['2003年', '2004年', '2005年'])
  expect(wide.values.get('丙')).toEqual([1, null, 3])
  const long = seriesOf(
    [
      { y: 2004, n: 'a', v: 2 },
      { y: 2003, n: 'a', v: 1 },
      { y: 2004, n: 'a', v: 5 },
    ],
    { label: 'n', time: 'y', value: 'v' },
  )
  expect([long.times, long.values.get('a')]).toEqual([
    ['2003', '2004'],
    [1, 7],
  ])
})

test('a race may start and end at a year', () => {
  expect(seriesOf(WIDE, { from: 2004 }).times).toEqual(['2004年', '2005年'])
  expect(seriesOf(WIDE, { to: '2003' }).times).toEqual(['2003年'])
  expect(() => seriesOf(WIDE, { from: 2030 })).toThrow(
    'barRace: no time from 2030 to the last; the table has 2003年, 2004年, 2005年',
  )
})

test('columns that do not exist or hold no numbers are named', () => {
  expect(() => seriesOf(WIDE, { label: 'region' })).toThrow(
    'barRace: expected a column of the table (地区, 人口, 2003年, 2004年, 2005年) for label, received "region" (string)',
  )
  expect(() => seriesOf([{ a: 'x', b: 'y' }], {})).toThrow('barRace: a wide table needs numeric columns')
  expect(() => seriesOf(WIDE, { time: '2003年' })).toThrow('barRace: long tables need both time and value')
  expect(() => seriesOf([], {})).toThrow('barRace: the table has no rows')
})

test('bars are sorted at each time, and those without a value are not there', () => {
  const series = seriesOf(WIDE, {})
  const order = (moment: number) =>
    barsAt(series, moment, 2)
      .toReversed()
      .map(({ label }) => label)
  expect([order(0), order(1), order(2)]).toEqual([
    ['甲', '乙'],
    ['乙', '甲'],
    ['丙', '乙'],
  ])
})

test('between two times values move evenly and places pass each other smoothly', () => {
  const bars = new Map(barsAt(seriesOf(WIDE, {}), 0.5, 3).map((bar) => [bar.label, bar]))
  expect(bars.get('甲')).toEqual({ label: '甲', value: 5.5, place: 0.5 })
  expect(bars.get('乙')).toEqual({ label: '乙', value: 6, place: 0.5 })
  expect(bars.get('丙')!.place).toBe(2.5)
})

test('every label keeps one colour, and labels seen together differ as long as there are colours', () => {
  const names = Array.from({ length: 16 }, (_, i) => `r${i}`)
  const rows = names.map((name, i) => ({ name, '2001': 100 - i, '2002': i < 4 ? 0 : 200 - i, '2003': 50 + i }))
  const series = seriesOf(rows, {})
  const colours = coloursOf(series, 10)
  for (let t = 0; t < 3; t++) {
    const seen = barsAt(series, t, 10).map(({ label }) => colours.get(label))
    expect(new Set(seen).size).toBe(10)
    expect(seen.every((colour) => (PALETTE as readonly (string | undefined)[]).includes(colour))).toBe(true)
  }
})

test('the time in a title is large, wherever it stands', () => {
  expect(titleParts('GDP最高的10个地区', '2003年')).toEqual([
    { text: '2003年', large: true },
    { text: 'GDP最高的10个地区', large: false },
  ])
  expect(titleParts('Sales in {time}, top 5', '1999')).toEqual([
    { text: 'Sales in', large: false },
    { text: '1999', large: true },
    { text: ', top 5', large: false },
  ])
  expect(titleParts('', '2003')).toEqual([{ text: '2003', large: true }])
})

test('figures and axis steps are round', () => {
  expect([
    figureFormat(129_118.6)(129_118.6),
    figureFormat(50)(7.25),
    figureFormat(0.5)(0.123),
    figureFormat(2000)(-1500),
  ]).toEqual(['129,119', '7.3', '0.123', '-1,500'])
  expect([roundStep(129_000, 6), roundStep(1, 5), roundStep(7, 6), roundStep(0.03, 6)]).toEqual([50_000, 0.2, 2, 0.005])
})

const colourAt = ({ data, info }: RawPicture, x: number, y: number) => [
  ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 3),
]
const coloursIn = ({ data }: RawPicture) => new Set(new Uint32Array(data.slice().buffer)).size

test('frames have one colour a bar, the longest bar on top, a large year, and few enough colours for a GIF without loss', () => {
  const series = seriesOf(WIDE, {})
  const frames = [...raceFrames(series, { title: '人口', unit: '万', width: 600, height: 360 }, 3)]
  expect(frames).toHaveLength(3)
  const colours = coloursOf(series, 3)
  const hex = ([r, g, b]: number[]) => `#${[r, g, b].map((v) => v!.toString(16).padStart(2, '0')).join('')}`
  for (const [t, top] of ['甲', '乙', '丙'].entries()) {
    expect(coloursIn(frames[t]!)).toBeLessThan(64)
    expect(hex(colourAt(frames[t]!, 100, 125))).toBe(colours.get(top))
  }
  const dark = (frame: RawPicture, from: number, to: number) => {
    let n = 0
    for (let y = from; y < to; y++) for (let x = 0; x < 300; x++) if (colourAt(frame, x, y)[0]! < 80) n++
    return n
  }
  expect(dark(frames[0]!, 5, 60)).toBeGreaterThan(600)
})

test('long labels shrink to a third of the width and still leave room for bars', () => {
  const rows = [
    { name: 'A label of quite unreasonable length for a bar '.repeat(2), '2001': 5, '2002': 6 },
    { name: 'b', '2001': 3, '2002': 9 },
  ]
  const [frame] = raceFrames(seriesOf(rows, {}), { width: 500, height: 300 }, 2)
  const colours = [...coloursOf(seriesOf(rows, {}), 2).values()]
  let bar = 0
  for (let x = 0; x < 500; x++) {
    const [r, g, b] = colourAt(frame!, x, 180 - 60)
    if (colours.includes(`#${[r, g, b].map((v) => v!.toString(16).padStart(2, '0')).join('')}`)) bar++
  }
  expect(bar).toBeGreaterThan(150)
})
