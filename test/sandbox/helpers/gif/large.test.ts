import { expect, test } from 'vitest'
import { difference } from '../../../../sandbox/helpers/gif/difference.ts'
import { createSlots } from '../../../../sandbox/native/gif/slots.ts'

const side = 6000
const pixels = new Int32Array(0)
const scene = { width: side, height: side, current: pixels, holes: false, previous: pixels, next: undefined }

test('a frame of more than 32 megapixels is coded whole, without a look at its neighbours', () => {
  const whole = { x: 0, y: 0, width: side, height: side }
  expect(difference(scene)).toEqual({ rect: whole, disposes: true, base: undefined })
})

test('of 100 megapixels only one frame is under way', async () => {
  const taken: number[] = []
  const slots = createSlots(100_000_000, 4, true)
  const first = await slots.next()
  const second = slots.next().then(() => taken.push(2))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(taken).toEqual([])
  slots.release(first)
  await second
  expect(taken).toEqual([2])
})
