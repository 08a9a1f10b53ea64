// Charts drawn with Chart.js and good defaults: fonts that ship with the product, distinguishable colours and padding.
import { createCanvas } from '@napi-rs/canvas'
import Chart, { type ChartConfiguration, type ChartType } from 'chart.js/auto'
import { integerIn, numberIn, textOf, argumentError } from './argument.ts'
import { noteConfig } from './chart/config-notes.ts'
import { noteDrawn } from './chart/drawn-notes.ts'
import { withChartDefaults } from './chart/style.ts'
import { DEFAULT_HEIGHT, defaultHeight } from './chart/size.ts'
import { checkTypes } from './chart/types.ts'
import { css, rgba, type ColourLike } from './colour.ts'
import { noteUnknown, type All } from './options.ts'

export interface ChartOptions {
  /** Pixels before `scale`; default 1000. */
  width?: number
  /** Pixels before `scale`; default 600, or more (at most 4000) if horizontal bars with names need it. */
  height?: number
  /** Output pixels per pixel; 2 doubles the resolution. */
  scale?: number
  /** Default white; 'transparent' draws none. */
  background?: ColourLike
}

const CHART_OPTIONS: All<ChartOptions> = { width: true, height: true, scale: true, background: true }

/**
 * Draws a chart.js configuration and returns a PNG of width * scale by height * scale pixels. Defaults for what the
 * configuration leaves out: font and sizes, light grid, colours safe for colour blindness, no legend for a single
 * series, no animation; lines and points drawn over bars, stacked areas filled down to the one below, numeric axes for
 * points with numeric positions, wrapped titles.
 * @throws TypeError when the configuration has no type or data, or an unknown type, or an option is out of range;
 * rethrows errors of chart.js.
 * @see https://www.chartjs.org/docs/4.5.1/configuration/
 */
export async function chart<T extends ChartType>(
  config: ChartConfiguration<T>,
  options: ChartOptions = {},
): Promise<Buffer> {
  noteUnknown('chart', options, CHART_OPTIONS)
  const given: unknown = config
  if (typeof given !== 'object' || given === null || !('type' in given && 'data' in given)) {
    throw argumentError('chart', 'config', 'a chart.js configuration with type and data', given)
  }
  textOf('chart', 'config.type', config.type)
  const plain = config as unknown as ChartConfiguration
  const datasets: unknown = plain.data?.datasets
  if (!Array.isArray(datasets)) throw argumentError('chart', 'config.data.datasets', 'an array of datasets', datasets)
  checkTypes(plain)
  const width = integerIn('chart', 'width', options.width ?? 1000, 16, 8000, 'pixels')
  const unit = Math.max(0.5, Math.min(width / 1000, (options.height ?? DEFAULT_HEIGHT) / DEFAULT_HEIGHT))
  const height = integerIn('chart', 'height', options.height ?? defaultHeight(plain, width, unit), 16, 8000, 'pixels')
  const scale = numberIn('chart', 'scale', options.scale ?? 1, 0.1, 8)
  const colour = css(await rgba('chart', 'background', options.background ?? 'white'))
  const canvas = createCanvas(width, height)
  noteConfig(plain)
  const drawn = new Chart(canvas, withChartDefaults(plain, { width, height, unit, scale, colour }))
  noteDrawn(plain, drawn)
  const png = canvas.toBuffer('image/png')
  drawn.destroy()
  return png
}
