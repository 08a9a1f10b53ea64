// Charts with Chart.js, drawn once and well: fonts that ship with the product, colours that stay apart, room round
// them.
import { createCanvas } from '@napi-rs/canvas'
import Chart, { type ChartConfiguration, type ChartDataset, type ChartType, type Plugin } from 'chart.js/auto'
import { integerIn, numberIn, textOf, wrong } from './argument.ts'
import { css, rgba, type ColourLike } from './colour.ts'
import { INK, paletteColour } from './palette.ts'
import { FONT_FAMILY } from './text.ts'
import { note } from './notes.ts'
import { noteUnknown, type All } from './options.ts'

export interface ChartOptions {
  /** Pixels before `scale`; 1000. */
  width?: number
  /** Pixels before `scale`; 600. */
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
 * animation.
 * @throws TypeError when the configuration has no type or data, or an option is out of range; what chart.js throws.
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
  const width = integerIn('chart', 'width', options.width ?? 1000, 16, 8000, 'pixels')
  const height = integerIn('chart', 'height', options.height ?? 600, 16, 8000, 'pixels')
  const scale = numberIn('chart', 'scale', options.scale ?? 1, 0.1, 8)
  const colour = css(await rgba('chart', 'background', options.background ?? 'white'))
  const canvas = createCanvas(width, height)
  const surface = { width, height, scale, colour }
  noteEmpty(config as unknown as ChartConfiguration)
  const drawn = new Chart(canvas, designed(config, surface))
  const png = canvas.toBuffer('image/png')
  drawn.destroy()
  return png
}

interface Surface {
  readonly width: number
  readonly height: number
  readonly scale: number
  readonly colour: string
}

/** The configuration with what it leaves open; the given one is not changed. */
function designed<T extends ChartType>(config: ChartConfiguration<T>, surface: Surface): ChartConfiguration {
  const plain = config as unknown as ChartConfiguration
  const { options = {}, data } = plain
  const unit = Math.max(0.5, Math.min(surface.width / 1000, surface.height / 600))
  const size = (n: number) => Math.round(n * unit)
  const isRound = ['pie', 'doughnut', 'polarArea'].includes(plain.type)
  const font = (given: object | undefined, pixels: number) => ({
    family: FONT_FAMILY,
    size: size(pixels),
    ...options.font,
    ...fontIn(given),
  })
  return {
    ...plain,
    data: { ...data, datasets: data.datasets.map((dataset, i) => coloured(dataset, plain.type, i, unit)) },
    plugins: [backdrop(surface.colour), ...(plain.plugins ?? [])],
    options: {
      ...options,
      animation: false,
      responsive: false,
      devicePixelRatio: surface.scale,
      color: options.color ?? INK.text,
      font: font(undefined, 16),
      layout: { padding: size(24), ...options.layout },
      scales: isRound ? options.scales : scalesOf(plain, options.scales, size, font),
      plugins: pluginsOf(plain, isRound, size, font),
    },
  }
}

/** Headings and legend. */
function pluginsOf(
  config: ChartConfiguration,
  isRound: boolean,
  size: (n: number) => number,
  font: FontMaker,
): Plugins {
  const plugins = config.options?.plugins ?? {}
  const heading = (given: object | undefined, pixels: number) => ({
    ...font(given, pixels),
    size: size(pixels),
    ...fontIn(given),
  })
  return {
    ...plugins,
    title: {
      padding: { bottom: size(16) },
      color: INK.strong,
      ...plugins.title,
      font: { weight: 'bold', ...heading(plugins.title, 26) },
    },
    subtitle: {
      padding: { bottom: size(12) },
      color: INK.quiet,
      ...plugins.subtitle,
      font: heading(plugins.subtitle, 17),
    },
    legend: {
      display: isRound || config.data.datasets.length > 1,
      position: isRound ? 'right' : 'top',
      ...plugins.legend,
      labels: {
        boxWidth: size(16),
        boxHeight: size(16),
        padding: size(16),
        ...plugins.legend?.labels,
        font: font(plugins.legend?.labels, 16),
      },
    },
  }
}

type Plugins = NonNullable<ChartConfiguration['options']>['plugins']
type FontMaker = (given: object | undefined, pixels: number) => object

function fontIn(part: object | undefined): object {
  return part && 'font' in part && typeof part.font === 'object' && part.font !== null ? part.font : {}
}

type Scales = NonNullable<ChartConfiguration['options']>['scales']

/** Light lines across the values only, quiet ticks. */
function scalesOf(config: ChartConfiguration, given: Scales, size: (n: number) => number, font: FontMaker): Scales {
  if (config.type === 'radar')
    return {
      r: { pointLabels: { font: font(undefined, 16) }, ticks: { font: font(undefined, 13) }, ...given?.r },
    }
  const values = config.options?.indexAxis === 'y' ? 'x' : 'y'
  const isScatter = config.type === 'scatter' || config.type === 'bubble'
  const names = [...new Set(['x', 'y', ...Object.keys(given ?? {})])]
  return Object.fromEntries(
    names.map((name) => {
      const scale = given?.[name] ?? {}
      const lines = isScatter || name === values
      const title =
        'title' in scale && scale.title ? { color: INK.text, ...scale.title, font: font(scale.title, 16) } : undefined
      return [
        name,
        {
          ...scale,
          border: { display: !lines, color: INK.quiet, ...('border' in scale ? scale.border : {}) },
          grid: { display: lines, color: INK.line, ...scale.grid },
          ticks: { color: INK.text, padding: size(6), ...scale.ticks, font: font(scale.ticks, 15) },
          ...(title ? { title } : {}),
        },
      ]
    }),
  )
}

function coloured(dataset: ChartDataset, chartType: string, index: number, unit: number): ChartDataset {
  const type = dataset.type ?? chartType
  const bySlice = ['pie', 'doughnut', 'polarArea'].includes(type)
  const isBar = type === 'bar'
  // Of two colours of which one is given the other follows, so that the legend shows one; bars show their fill anyway.
  const { borderColor, backgroundColor } = dataset as Colours
  const given = bySlice || isBar ? undefined : (visible(borderColor) ?? visible(backgroundColor))
  const colour = given ?? paletteColour(index)
  const slices = bySlice ? Array.from(dataset.data, (_, i) => paletteColour(i)) : undefined
  const filled = type === 'radar' || ('fill' in dataset && dataset.fill) ? `${colour}44` : colour
  const isDots = type === 'scatter' || type === 'bubble'
  const look = {
    backgroundColor: slices ?? (isDots ? `${colour}b3` : filled),
    borderColor: bySlice ? '#ffffff' : colour,
    borderWidth: isBar || type === 'scatter' || (isDots && backgroundColor) ? 0 : Math.max(1, 3 * unit),
    pointRadius: (type === 'line' && dataset.data.length > 60 ? 0 : type === 'scatter' ? 5 : 3.5) * unit,
  }
  return { ...look, ...dataset }
}

interface Colours {
  readonly borderColor?: unknown
  readonly backgroundColor?: unknown
}

/** `#rrggbb` of a CSS colour that is seen on white; undefined for a pale or see-through one, a list, a function. */
function visible(colour: unknown): string | undefined {
  if (typeof colour !== 'string') return undefined
  const context = createCanvas(1, 1).getContext('2d')
  try {
    context.fillStyle = '#ffffff'
    context.fillStyle = colour
  } catch {
    return undefined
  }
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
  if (alpha < 64 || Math.min(red, green, blue) > 224) return undefined
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** A dataset of which nothing can be drawn is told: its chart is empty, and nothing else says why. */
function noteEmpty({ type, data, options }: ChartConfiguration): void {
  if (options?.parsing !== undefined || Object.values(options?.scales ?? {}).some((one) => one?.type === 'category'))
    return
  for (const [i, dataset] of (data.datasets ?? []).entries()) {
    const values: readonly unknown[] = Array.isArray(dataset.data) ? dataset.data : []
    if ('parsing' in dataset && dataset.parsing !== undefined) continue
    if (values.length === 0 || !values.every((value) => isNothing(value) || isWord(value))) continue
    const name = typeof dataset.label === 'string' ? `'${dataset.label}'` : `${i + 1}`
    note(
      `chart: dataset ${name} has no value that can be drawn (${values.length} values, none is a number); the ${type} chart shows nothing of it.`,
    )
  }
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isNaN(Number(value))
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && 'y' in value) return isNothing(value.y)
  return value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))
}

function backdrop(colour: string): Plugin {
  return {
    id: 'easel-backdrop',
    beforeDraw({ ctx, width, height }) {
      ctx.save()
      ctx.globalCompositeOperation = 'destination-over'
      ctx.fillStyle = colour
      ctx.fillRect(0, 0, width, height)
      ctx.restore()
    },
  }
}
