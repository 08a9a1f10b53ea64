// Charts with Chart.js, drawn once and well: fonts that ship with the product, colours that stay apart, room round
// them.
import { createCanvas } from '@napi-rs/canvas'
import Chart, { type ChartConfiguration, type ChartType } from 'chart.js/auto'
import { integerIn, numberIn, textOf, wrong } from './argument.ts'
import { noteConfig } from './chart/config-notes.ts'
import { noteDrawn } from './chart/drawn-notes.ts'
import { designed } from './chart/style.ts'
import { USUAL_HEIGHT, usualHeight } from './chart/size.ts'
import { checkTypes } from './chart/types.ts'
import { css, rgba, type ColourLike } from './colour.ts'
import { noteUnknown, type All } from './options.ts'

export interface ChartOptions {
  /** Pixels before `scale`; 1000. */
  width?: number
  /** Pixels before `scale`; 600, more (at most 4000) where horizontal bars with names need it. */
  height?: number
  /** Pixels for each of them; 2 draws everything twice as fine. */
  scale?: number
  /** White; 'transparent' leaves it out. */
  background?: ColourLike
}

const CHART_OPTIONS: All<ChartOptions> = { width: true, height: true, scale: true, background: true }

/**
 * Draws a chart.js configuration and gives a PNG of width * scale by height * scale. What the configuration leaves
 * open is set well: font and sizes, light grid, colours for colour-blind readers, no legend for a single series, no
 * animation; lines and points over bars, stacked areas down to the one below, numeric axes for points at numbers,
 * titles in as many lines as they need.
 * @throws TypeError when the configuration has no type or data, or one that there is not, or an option is out of range;
 * what chart.js throws.
 * @see https://www.chartjs.org/docs/4.5.1/configuration/
 */
export async function chart<T extends ChartType>(
  config: ChartConfiguration<T>,
  options: ChartOptions = {},
): Promise<Buffer> {
  noteUnknown('chart', options, CHART_OPTIONS)
  const given: unknown = config
  if (typeof given !== 'object' || given === null || !('type' in given && 'data' in given)) {
    throw wrong('chart', 'config', 'a chart.js configuration with type and data', given)
  }
  textOf('chart', 'config.type', config.type)
  const plain = config as unknown as ChartConfiguration
  const datasets: unknown = plain.data?.datasets
  if (!Array.isArray(datasets)) throw wrong('chart', 'config.data.datasets', 'an array of datasets', datasets)
  checkTypes(plain)
  const width = integerIn('chart', 'width', options.width ?? 1000, 16, 8000, 'pixels')
  const unit = Math.max(0.5, Math.min(width / 1000, (options.height ?? USUAL_HEIGHT) / USUAL_HEIGHT))
  const height = integerIn('chart', 'height', options.height ?? usualHeight(plain, width, unit), 16, 8000, 'pixels')
  const scale = numberIn('chart', 'scale', options.scale ?? 1, 0.1, 8)
  const colour = css(await rgba('chart', 'background', options.background ?? 'white'))
  const canvas = createCanvas(width, height)
  noteConfig(plain)
  const drawn = new Chart(canvas, designed(plain, { width, height, unit, scale, colour }))
  noteDrawn(plain, drawn)
  const png = canvas.toBuffer('image/png')
  drawn.destroy()
  return png
}
