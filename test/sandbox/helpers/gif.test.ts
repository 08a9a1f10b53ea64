// Creating, taking apart and shrinking animations.
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { animate } from '../../../sandbox/helpers/animate.ts'
import { frames, shrinkGif } from '../../../sandbox/helpers/frames.ts'
import type { Picture } from '../../../sandbox/helpers/picture.ts'
import { barRace, raceFrames } from '../../../sandbox/helpers/race/bar-race.ts'
import { seriesOf } from '../../../sandbox/helpers/race/series.ts'
import { turn } from '../../../sandbox/helpers/turn.ts'
import { painted, png, registerFonts, scene } from './fixtures.ts'

beforeAll(registerFonts)

const flat = (level: number, width = 12, height = 8) => painted(width, height, () => [level, 20, 255 - level])

test('frames become a GIF that loops for ever, with their delays', async () => {
  const gif = await animate([flat(10), sharp(await png(flat(120))), await png(flat(240))], { delay: [100, 200, 50] })
  const made = await frames(gif)
  expect(gif.subarray(0, 6).toString()).toBe('GIF89a')
  expect([made.delays, made.loop, made.width, made.height]).toEqual([[100, 200, 50], 0, 12, 8])
  expect(made.frames.map(({ data }) => data[0])).toEqual([10, 120, 240])
})

test('frames may come from a generator, and progress counts them', async () => {
  const seen: [number, number][] = []
  const rotating = async function* (): AsyncGenerator<Picture> {
    for (let i = 0; i < 4; i++) yield await turn(scene(), 90 * i)
  }
  const gif = await animate(rotating(), { onProgress: (done, total) => seen.push([done, total]) })
  expect((await sharp(gif).metadata()).pages).toBe(4)
  expect(seen.at(-1)).toEqual([4, 0])
  const known: number[] = []
  await animate([flat(1), flat(2)], { onProgress: (_, total) => known.push(total) })
  expect(new Set(known)).toEqual(new Set([2]))
})

test('the first frame gives the size; others are scaled to fit, never bent', async () => {
  const made = await frames(await animate([flat(10, 40, 20), flat(200, 10, 10)], { background: 'lime' }))
  const second = made.frames[1]!
  const at = (x: number, y: number) => [...second.data.subarray((y * 40 + x) * second.info.channels).subarray(0, 3)]
  expect([made.width, made.height]).toEqual([40, 20])
  expect([at(0, 10), at(39, 10)]).toEqual([
    [0, 255, 0],
    [0, 255, 0],
  ])
  expect(at(20, 10)).toEqual([200, 20, 55])
})

test('half the size and half the frames play as long as before', async () => {
  const gif = await animate(
    Array.from({ length: 6 }, (_, i) => flat(i * 40)),
    { delay: 120, loop: 3 },
  )
  const moving = await animate([scene(60, 40), scene(40, 60)])
  const most = Math.floor(moving.length / 2)
  for (const fitted of [await shrinkGif(moving, most), await shrinkGif(moving, { bytes: most, every: 2 })]) {
    expect(fitted.length).toBeLessThanOrEqual(most)
    expect(fitted.length).toBeGreaterThan(most / 4)
  }
  await expect(shrinkGif(moving, 10)).rejects.toThrow(
    /^shrinkGif: the smallest possible GIF has \d+ bytes, more than the 10 requested$/,
  )
  const small = await frames(await shrinkGif(gif, { scale: 0.5, every: 2 }))
  expect([small.width, small.height, small.delays, small.loop]).toEqual([6, 4, [240, 240, 240], 3])
  expect(small.frames.map(({ data }) => data[0])).toEqual([0, 80, 160])
})

test('a still picture is one frame', async () => {
  const still = await frames(await png(flat(9)))
  expect([still.frames.length, still.delays, still.width]).toEqual([1, [100], 12])
  await expect(frames('missing.gif')).rejects.toThrow(
    "frames: cannot read 'missing.gif': Input file is missing: missing.gif",
  )
})

test('wrong frames and options are named', async () => {
  await expect(animate([])).rejects.toThrow('animate: expected at least one frame, received none')
  await expect(animate('a.png')).rejects.toThrow(
    'animate: expected an array or a generator of pictures for frames, received "a.png" (string)',
  )
  await expect(animate([flat(1), flat(2)], { delay: [50] })).rejects.toThrow(
    'animate: expected one delay for each frame, received 1 for 2 frames',
  )
  await expect(animate([flat(1)], { delay: -5 })).rejects.toThrow(
    'animate: expected a number of milliseconds from 0 to 655350 for delay, received -5 (number)',
  )
  await expect(animate([flat(1), 'missing.png'])).rejects.toThrow("animate: cannot read 'missing.png'")
  await expect(shrinkGif(await png(flat(1)), { scale: 2 })).rejects.toThrow(
    'shrinkGif: expected a number from 0.001 to 1 for scale, received 2 (number)',
  )
})

const ROWS = [
  { name: '北京', '2003年': 5, '2004年': 6, '2005年': 1 },
  { name: '上海', '2003年': 3, '2004年': 9, '2005年': 2 },
]

test('a bar race is a GIF without loss: one frame a time, the last one held, the same bytes twice', async () => {
  const options = { title: '人口', width: 320, height: 200 }
  const gif = await barRace(ROWS, options)
  const made = await frames(gif)
  expect([made.delays, made.loop, made.width]).toEqual([[500, 500, 1500], 0, 320])
  const drawn = [...raceFrames(seriesOf(ROWS, {}), options, 3)]
  made.frames.forEach(({ data, info }, n) => {
    const rgb = (bytes: ArrayLike<number>, channels: number) =>
      Array.from({ length: 320 * 200 * 3 }, (_, i) => bytes[Math.floor(i / 3) * channels + (i % 3)])
    expect(
      Buffer.from(rgb(data, info.channels) as number[]).equals(Buffer.from(rgb(drawn[n]!.data, 4) as number[])),
    ).toBe(true)
  })
  expect((await barRace(ROWS, options)).equals(gif)).toBe(true)
})

test('steps put frames between the times and share the delay', async () => {
  const { delays } = await frames(await barRace(ROWS, { width: 200, height: 120, steps: 5, delay: 500, hold: 1000 }))
  expect(delays).toEqual([...Array.from({ length: 10 }, () => 100), 1000])
})
