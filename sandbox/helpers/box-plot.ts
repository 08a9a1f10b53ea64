// Box plots: the spread of numbers in several groups, as boxes with whiskers and the values beyond them.
import type { SKRSContext2D } from '@napi-rs/canvas'
import { argumentError } from './argument.ts'
import { chart, CHART_OPTIONS, type ChartOptions } from './chart.ts'
import { noteUnknown, type All } from './options.ts'
import { PALETTE } from './palette.ts'

export interface BoxPlotOptions extends ChartOptions {
  title?: string
  /** Titles of the axes. */
  x?: string
  y?: string
}

const BOX_PLOT_OPTIONS: All<BoxPlotOptions> = {
  title: true,
  x: true,
  y: true,
  ...CHART_OPTIONS,
}

/** The five numbers of a box: ends of the whiskers, quartiles, median; and the values beyond the whiskers. */
interface Box {
  readonly low: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly high: number
  readonly outliers: readonly number[]
}

/** How far a whisker reaches at most, in heights of the box. */
const WHISKER = 1.5

/**
 * Draws one box per group: from the lower to the upper quartile (linear interpolation, as `quantile`), a line at the
 * median, whiskers to the last values within 1.5 heights of the box (Tukey, 1977), and a point for each value beyond.
 * Values that are no numbers are left out. Returns a PNG, 1000 x 600 unless `width` and `height` are set.
 * @throws TypeError when no group has a number.
 */
export async function boxPlot(
  groups: Readonly<Record<string, Iterable<unknown>>>,
  given: BoxPlotOptions = {},
): Promise<Buffer> {
  noteUnknown('boxPlot', given, BOX_PLOT_OPTIONS)
  const { title, x, y, ...options } = given
  const named = typeof groups === 'object' && groups !== null ? Object.entries(groups) : []
  const all = named.flatMap(([name, values]) => {
    const numbers = [...values].filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[]
    return numbers.length > 0 ? [{ name, box: boxOf(numbers) }] : []
  })
  if (all.length === 0) throw argumentError('boxPlot', 'the groups', 'an object of arrays with numbers', groups)
  const boxes = all.map(({ box }) => box)
  const ends = boxes.flatMap(({ low, high, outliers }) => [low, high, ...outliers])
  const least = ends.reduce((low, end) => Math.min(low, end), Infinity)
  const most = ends.reduce((high, end) => Math.max(high, end), -Infinity)
  const margin = (most - least) * 0.05 || 1
  return chart(
    {
      type: 'bar',
      data: {
        labels: all.map(({ name }) => name),
        datasets: [
          {
            label: y ?? '',
            data: boxes.map(({ lower, upper }) => [lower, upper] as [number, number]),
            backgroundColor: `${PALETTE[0]}66`,
            borderColor: PALETTE[0],
            borderWidth: 2,
            borderSkipped: false,
            maxBarThickness: 120,
            categoryPercentage: 0.7,
          },
        ],
      },
      options: {
        plugins: { title: { display: title !== undefined, text: title ?? '' }, legend: { display: false } },
        scales: {
          x: { title: { display: x !== undefined, text: x ?? '' } },
          y: {
            title: { display: y !== undefined, text: y ?? '' },
            beginAtZero: false,
            suggestedMin: least - margin,
            suggestedMax: most + margin,
          },
        },
      },
      plugins: [{ id: 'whiskers', afterDatasetsDraw: (drawn) => drawWhiskers(drawn as unknown as Drawn, boxes) }],
    },
    options,
  )
}

/** What is used of a drawn chart. */
interface Drawn {
  readonly ctx: SKRSContext2D
  readonly scales: Readonly<Record<string, { getPixelForValue(value: number): number }>>
  getDatasetMeta(dataset: number): { readonly data: readonly { readonly x: number }[] }
}

/** Medians, whiskers with their ends, and the values beyond as circles, over the bars of the quartiles. */
function drawWhiskers(drawn: Drawn, boxes: readonly Box[]): void {
  const { ctx } = drawn
  const at = (value: number) => drawn.scales.y!.getPixelForValue(value)
  ctx.save()
  ctx.strokeStyle = PALETTE[0]
  for (const [n, bar] of drawn.getDatasetMeta(0).data.entries()) {
    const { x } = bar
    const { width } = bar as unknown as { width: number }
    const { low, lower, median, upper, high, outliers } = boxes[n]!
    const line = (fromX: number, fromY: number, toX: number, toY: number, thick: number) => {
      ctx.lineWidth = thick
      ctx.beginPath()
      ctx.moveTo(fromX, fromY)
      ctx.lineTo(toX, toY)
      ctx.stroke()
    }
    line(x, at(lower), x, at(low), 2)
    line(x, at(upper), x, at(high), 2)
    for (const end of [low, high]) line(x - width / 4, at(end), x + width / 4, at(end), 2)
    line(x - width / 2, at(median), x + width / 2, at(median), 4)
    ctx.lineWidth = 1.5
    for (const value of outliers) {
      ctx.beginPath()
      ctx.arc(x, at(value), 4, 0, 2 * Math.PI)
      ctx.stroke()
    }
  }
  ctx.restore()
}

function boxOf(numbers: readonly number[]): Box {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantileOf(sorted, share))
  const reach = WHISKER * (upper! - lower!)
  const inside = sorted.filter((value) => value >= lower! - reach && value <= upper! + reach)
  return {
    low: inside[0] ?? lower!,
    lower: lower!,
    median: median!,
    upper: upper!,
    high: inside.at(-1) ?? upper!,
    outliers: sorted.filter((value) => value < lower! - reach || value > upper! + reach),
  }
}

/** Linear between the two nearest values (R's type 7, the default of NumPy and Excel's QUARTILE.INC). */
function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return below + (above - below) * (place - Math.floor(place))
}
