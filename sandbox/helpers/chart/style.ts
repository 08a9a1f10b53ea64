// Applies defaults to a chart.js configuration: fonts and sizes, headings, legend, padding.
import type { ChartConfiguration, Plugin } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import { scalesOf, type FontMaker, type Measures } from './axes.ts'
import { binWidthPlugin } from './bin-widths.ts'
import { radialScales } from './radial-axis.ts'
import { fontIn, hasNoAxes, isRound, type Options } from './config.ts'
import { withDatasetDefaults } from './datasets.ts'
import { wrapTitle, paddingOf } from './headings.ts'
import { asksForLabels, labelOptions, suitsLabels } from './labels.ts'
import { hasLegend, legendLabels } from './legend.ts'
import { wordOf } from './language.ts'
import { fontText } from './measure.ts'
import type { Theme } from './theme.ts'

/** What a chart is drawn on, and how. */
export interface Display {
  /** Pixels of the configuration. */
  readonly width: number
  readonly height: number
  /** Scale factor relative to the 1000 x 600 reference chart. */
  readonly unit: number
  /** Pixels of the output (points of a PDF) per pixel. */
  readonly density: number
  /** The background as a CSS colour. */
  readonly colour: string
  readonly theme: Theme
  /** A BCP 47 tag. */
  readonly locale: string
  /** The unit of all values, if it was given. */
  readonly valueUnit: string | undefined
}

/** The configuration with defaults; the given one is not modified. */
export function withChartDefaults(config: ChartConfiguration, surface: Display): ChartConfiguration {
  const { options = {}, data } = config
  const { unit, theme } = surface
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
    data: { ...data, datasets: withDatasetDefaults(config, surface) },
    plugins: [backdrop(surface.colour), binWidthPlugin(), emptyPlugin(surface, font), ...(config.plugins ?? [])],
    options: {
      ...options,
      animation: false,
      responsive: false,
      devicePixelRatio: surface.density,
      locale: surface.locale,
      color: options.color ?? theme.text,
      borderColor: options.borderColor ?? theme.line,
      font: font(undefined, 16),
      layout: { padding: size(24), ...options.layout },
      scales: hasNoAxes(config.type)
        ? options.scales
        : isRound(config.type)
          ? radialScales(config, axes)
          : scalesOf(config, axes),
      plugins: { ...pluginsOf(config, space, axes), ...labelsOf(config, surface) },
    },
  }
}

/** Options of the datalabels plugin; nothing where it is not drawn. */
function labelsOf(config: ChartConfiguration, display: Display): object {
  return suitsLabels(config) || asksForLabels(config) ? { datalabels: labelOptions(config, display) } : {}
}

interface ChartSpace {
  readonly width: number
  readonly height: number
}

/** Title, subtitle and legend. */
function pluginsOf(
  config: ChartConfiguration,
  space: ChartSpace,
  { size, font, surface: { theme } }: Measures,
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
      color: theme.strong,
      ...plugins.title,
      ...fitted(plugins.title, titleFont),
      font: titleFont,
    },
    subtitle: {
      padding: { bottom: size(12) },
      color: theme.quiet,
      ...plugins.subtitle,
      ...fitted(plugins.subtitle, subtitleFont),
      font: subtitleFont,
    },
    legend: isOff(plugins.legend)
      ? plugins.legend
      : {
          display: hasLegend(config) && !hasNoAxes(config.type),
          position: round ? 'right' : 'top',
          ...plugins.legend,
          labels: {
            ...legendLabels(
              config,
              size,
              isAtSide(plugins.legend?.position ?? (round ? 'right' : 'top')) ? space.width * 0.34 : space.width * 0.9,
            ),
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

/** Says that there is nothing to show, where an empty frame would look like a mistake. */
function emptyPlugin({ locale, theme }: Display, font: FontMaker): Plugin {
  return {
    id: 'easel-empty',
    afterDraw({ ctx, data, chartArea }) {
      if (data.datasets.some(({ data: values }) => values.length > 0)) return
      ctx.save()
      ctx.font = fontText(font(undefined, 20))
      ctx.fillStyle = theme.quiet
      ctx.textAlign = 'center'
      ctx.textBaseline = 'middle'
      ctx.fillText(
        wordOf('noData', locale),
        (chartArea.left + chartArea.right) / 2,
        (chartArea.top + chartArea.bottom) / 2,
      )
      ctx.restore()
    },
  }
}
