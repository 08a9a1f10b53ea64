// Draws a chart and gives its pixels, for tests that inspect them.
import sharp from 'sharp'
import { chart, type ChartOptions } from '../../../sandbox/helpers/chart.ts'

export interface Drawn {
  readonly width: number
  readonly height: number
  /** The colour at a point, as `#rrggbb`. */
  readonly at: (x: number, y: number) => string
  /** The number of pixels of a colour, in a row, a column or anywhere. */
  readonly count: (colour: string, where?: { readonly x?: number; readonly y?: number }) => number
}

/** Draws a Chart.js configuration. */
export async function drawn(config: unknown, options: ChartOptions = { width: 500, height: 300 }): Promise<Drawn> {
  const { data, info } = await sharp(await chart(config as never, { density: 1, ...options }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const at = (x: number, y: number) => `#${data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3).toString('hex')}`
  const count: Drawn['count'] = (colour, { x, y } = {}) => {
    let n = 0
    for (let row = y ?? 0; row < (y === undefined ? height : y + 1); row++)
      for (let column = x ?? 0; column < (x === undefined ? width : x + 1); column++)
        if (at(column, row) === colour) n++
    return n
  }
  return { width, height, at, count }
}
