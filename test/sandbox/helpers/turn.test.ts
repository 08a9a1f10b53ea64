// Rotation about the centre, and channel shifts.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { cycleChannels } from '../../../sandbox/helpers/channels.ts'
import { turn } from '../../../sandbox/helpers/turn.ts'
import { painted, pixelAt, rawOf, scene } from './fixtures.ts'

test("turning a square by quarters moves pixels exactly, counter-clockwise, where sharp's rotate is clockwise", async () => {
  const square = scene(33, 33)
  for (const degrees of [0, 90, 180, 270, -90, 720]) {
    const ours = await rawOf(await turn(square, degrees))
    const theirs = await rawOf(sharp(square.data, { raw: square.info }).rotate(-degrees))
    expect(ours).toEqual(theirs)
  }
})

test('half a turn is exact for any shape and parity', async () => {
  for (const [width, height] of [
    [8, 5],
    [7, 4],
    [1, 9],
  ] as const) {
    const picture = scene(width, height)
    const ours = await rawOf(await turn(picture, 180))
    expect(ours).toEqual(await rawOf(sharp(picture.data, { raw: picture.info }).rotate(180)))
  }
})

test('the size stays, the middle stays and the corners show the background', async () => {
  const turned = await rawOf(
    await turn(
      painted(101, 101, (x, y) => (Math.hypot(x - 50, y - 50) < 10 ? [250, 20, 20] : [20, 20, 250])),
      45,
      { background: 'lime' },
    ),
  )
  expect([turned.width, turned.height, turned.channels]).toEqual([101, 101, 3])
  expect(pixelAt(turned, 50, 50)).toEqual([250, 20, 20])
  expect(pixelAt(turned, 50, 20)).toEqual([20, 20, 250])
  expect(pixelAt(turned, 0, 0)).toEqual([0, 255, 0])
})

test('a picture that may grow loses no corner, and its middle stays in the middle', async () => {
  const picture = painted(60, 30, (x, y) => ((x < 2 || x > 57) && (y < 2 || y > 27) ? [250, 20, 20] : [20, 20, 250]))
  const turned = await rawOf(await turn(picture, 30, { expand: true, background: 'white' }))
  expect([turned.width, turned.height]).toEqual([67, 56])
  const marks = turned.data.filter((v, i) => i % 3 === 0 && v > 150 && turned.data[i + 2]! < 150).length
  expect(marks).toBeGreaterThanOrEqual(12)
  expect(pixelAt(turned, 33, 28)).toEqual([20, 20, 250])
  expect(pixelAt(turned, 0, 0)).toEqual([255, 255, 255])
  const quarter = await rawOf(await turn(scene(), 90, { expand: true }))
  const { data, info } = scene()
  expect(quarter).toEqual(await rawOf(sharp(data, { raw: info }).rotate(270)))
})

test('a right-hand mark goes up when turned a quarter counter-clockwise', async () => {
  const turned = await rawOf(
    await turn(
      painted(21, 21, (x, y) => [x > 17 && Math.abs(y - 10) < 2 ? 255 : 0]),
      90,
    ),
  )
  expect([pixelAt(turned, 10, 1), pixelAt(turned, 19, 10), pixelAt(turned, 10, 19)]).toEqual([[255], [0], [0]])
})

test('a smooth ramp turned and turned back stays within one level in the middle', async () => {
  const ramp = painted(80, 80, (x, y) => [x * 2, y * 2, x + y])
  const back = await rawOf(await turn(await turn(ramp, 37), -37))
  for (let i = 30; i < 50; i++) {
    pixelAt(back, i, i).forEach((value, channel) =>
      expect(Math.abs(value - [i * 2, i * 2, i * 2][channel]!)).toBeLessThanOrEqual(1),
    )
  }
})

test('gray stays one channel, alpha is kept, and a see-through background gives RGBA', async () => {
  expect(
    (
      await rawOf(
        await turn(
          painted(9, 9, () => [99]),
          30,
        ),
      )
    ).channels,
  ).toBe(1)
  expect(
    (
      await rawOf(
        await turn(
          painted(9, 9, () => [99]),
          30,
          { background: 'red' },
        ),
      )
    ).channels,
  ).toBe(3)
  const clear = await rawOf(
    await turn(
      painted(9, 9, () => [200, 100, 50]),
      45,
      { background: 'transparent' },
    ),
  )
  expect(clear.channels).toBe(4)
  expect(pixelAt(clear, 0, 0)[3]).toBe(0)
  expect(pixelAt(clear, 4, 4)).toEqual([200, 100, 50, 255])
  const edge = clear.data.filter((_, i) => i % 4 === 0 && clear.data[i + 3]! > 100)
  expect(Math.min(...edge)).toBeGreaterThanOrEqual(198)
})

test('an angle that is not a number is refused by name', async () => {
  await expect(turn(scene(), Number.NaN)).rejects.toThrow(
    'turn: expected a number of degrees for degrees, received NaN (number)',
  )
  await expect(turn(scene(), 5, { background: 'greenish' })).rejects.toThrow(
    "turn: expected a CSS colour such as 'white' or '#ffaa00' for background, received \"greenish\" (string)",
  )
})

test('channels cycle RGB, GBR, BRG and back', async () => {
  const picture = painted(1, 1, () => [10, 20, 30])
  const after = async (steps: number) => (await rawOf(await cycleChannels(picture, steps))).data
  expect([await after(0), await after(1), await after(2), await after(3), await after(-1)]).toEqual([
    [10, 20, 30],
    [20, 30, 10],
    [30, 10, 20],
    [10, 20, 30],
    [30, 10, 20],
  ])
})

test('cycling keeps alpha and leaves gray alone', async () => {
  expect(
    (
      await rawOf(
        await cycleChannels(
          painted(1, 1, () => [1, 2, 3, 77]),
          1,
        ),
      )
    ).data,
  ).toEqual([2, 3, 1, 77])
  expect(
    (
      await rawOf(
        await cycleChannels(
          painted(2, 1, () => [5]),
          1,
        ),
      )
    ).data,
  ).toEqual([5, 5])
})
