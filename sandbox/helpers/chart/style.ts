// Applies defaults to a chart.js configuration: fonts and sizes, headings, legend, padding.
import type { ChartConfiguration, Plugin } from 'chart.js'
import { INK } from '../palette.ts'
import { FONT_FAMILY } from '../layout/text.ts'
import { binWidthPlugin, scalesOf, type FontMaker } from './axes.ts'
import { fontIn, isRound, type Options } from './config.ts'
import { withDatasetDefaults } from './datasets.ts'
import { wrapTitle, paddingOf } from './headings.ts'
import { hasLegend, legendLabels } from './legend.ts'

export interface Display {
  readonly width: number
  readonly height: number
  /** Scale factor relative to the 1000 x 600 reference chart. */
  readonly unit: number
  readonly scale: number
  readonly colour: string
}

/** The configuration with defaults; the given one is not modified. */
export function withChartDefaults(config: ChartConfiguration, surface: Display): ChartConfiguration {
  const { options = {}, data } = config
  const { unit } = surface
  const size = (n: number) => Math.round(n * unit)
  const font = (given: object | undefined, pixels: number) => ({
    family: FONT_FAMILY,
    size: size(pixels),
    ...options.font,
    ...fontIn(given),
  })
  const padding = paddingOf(options.layout?.padding, size(24))
  const space = { width: surface.width - padding.across, height: surface.height - padding.along }
  const axes = { size, font, width: space.width * 0.85, height: space.height * 0.75, surface }
  return {
    ...config,
    data: { ...data, datasets: withDatasetDefaults(config, unit) },
    plugins: [backdrop(surface.colour), binWidthPlugin(), ...(config.plugins ?? [])],
    options: {
      ...options,
      animation: false,
      responsive: false,
      devicePixelRatio: surface.scale,
      color: options.color ?? INK.text,
      font: font(undefined, 16),
      layout: { padding: size(24), ...options.layout },
      scales: isRound(config.type) ? options.scales : scalesOf(config, axes),
      plugins: pluginsOf(config, space, size, font),
    },
  }
}

interface ChartSpace {
  readonly width: number
  readonly height: number
}

/** Title, subtitle and legend. */
function pluginsOf(
  config: ChartConfiguration,
  space: ChartSpace,
  size: (n: number) => number,
  font: FontMaker,
): Plugins {
  const plugins = config.options?.plugins ?? {}
  const round = isRound(config.type)
  const heading = (given: object | undefined, pixels: number) => ({
    ...font(given, pixels),
    size: size(pixels),
    ...fontIn(given),
  })
  const fitted = (title: { text?: unknown; position?: unknown } | undefined, own: object) =>
    title && 'text' in title
      ? {
          text: wrapTitle(title.text, isAtSide(title.position) ? space.height : space.width, own) as string | string[],
        }
      : {}
  const titleFont = { weight: 'bold' as const, ...heading(plugins.title, 26) }
  const subtitleFont = heading(plugins.subtitle, 17)
  return {
    ...plugins,
    title: {
      padding: { bottom: size(16) },
      color: INK.strong,
      ...plugins.title,
      ...fitted(plugins.title, titleFont),
      font: titleFont,
    },
    subtitle: {
      padding: { bottom: size(12) },
      color: INK.quiet,
      ...plugins.subtitle,
      ...fitted(plugins.subtitle, subtitleFont),
      font: subtitleFont,
    },
    legend: isOff(plugins.legend)
      ? plugins.legend
      : {
          display: hasLegend(config),
          position: round ? 'right' : 'top',
          ...plugins.legend,
          labels: {
            ...legendLabels(config, size),
            ...plugins.legend?.labels,
            font: font(plugins.legend?.labels, 16),
          },
        },
  }
}

type Plugins = Options['plugins']

/** Chart.js accepts `false` to disable a plugin. */
function isOff(plugin: unknown): boolean {
  return plugin === false
}

function isAtSide(position: unknown): boolean {
  return position === 'left' || position === 'right'
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
