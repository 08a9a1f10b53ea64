// Box plots: boxes from quartile to quartile, whiskers and outliers, where they belong.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { boxPlot } from '../../../sandbox/helpers/box-plot.ts'

/** The rows of pixels in the palette's first colour, or its lighter fill, in the column that has most of them. */
async function axisOf(png: Buffer): Promise<number[]> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const inkAt = (x: number) =>
    Array.from({ length: info.height }, (_, y) => y).filter((y) => {
      const at = (y * info.width + x) * 3
      return data[at + 2]! - data[at]! > 25
    })
  return Array.from({ length: 300 }, (_, n) => inkAt(400 + n)).toSorted((a, b) => b.length - a.length)[0]!
}

test('a box reaches from quartile to quartile, and a value far away is a point of its own', async () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 'x', null]
  const plain = await boxPlot({ a: values }, { title: '分布', density: 1 })
  expect(await sharp(plain).metadata()).toMatchObject({ width: 1000, height: 600, format: 'png' })
  const far = await boxPlot({ a: [...values, 40] }, { density: 1 })
  const [box, withPoint] = [await axisOf(plain), await axisOf(far)]
  const gaps = (rows: readonly number[]) => rows.filter((y, at) => at > 0 && y - rows[at - 1]! > 20).length
  // One run from whisker to whisker; with an outlier, a second one above it.
  expect(gaps(box)).toBe(0)
  expect(gaps(withPoint)).toBe(1)
})

test('groups without a number are refused', async () => {
  await expect(boxPlot({ a: ['x'] })).rejects.toThrow(
    'boxPlot: expected an object of arrays with numbers for the groups, received an object with a',
  )
})
