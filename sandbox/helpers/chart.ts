// Charts with good defaults, from a configuration of Chart.js or of ECharts, as PNG, SVG, PDF or an interactive page.
import type { ChartConfiguration, ChartType } from 'chart.js'
import { argumentError, integerIn, numberIn } from './argument.ts'
import { chartJsSource } from './chart/chart-js.ts'
import { eChartsSource, isEChartsOption, type EChartsOption } from './chart/echarts.ts'
import { createSurface, type PictureFormat } from './chart/surface.ts'
import { DEFAULT_HEIGHT } from './chart/size.ts'
import { THEMES, type ThemeName } from './chart/theme.ts'
import { css, rgba, type ColourLike } from './colour.ts'
import { noteUnknown, type All } from './options.ts'

export interface ChartOptions {
  /** Default 'png'. 'html' is one interactive page that needs no network. */
  format?: PictureFormat | 'html'
  /** Pixels before `density`; default 1000. */
  width?: number
  /** Pixels before `density`; default 600, or more (at most 4000) if horizontal bars with names need it. */
  height?: number
  /** Pixels of a PNG per pixel; default 2, sharp on screens of today; 1 for frames of an animation. */
  density?: number
  /** Another name for `density`. */
  scale?: number
  /** Default 'light'. */
  theme?: ThemeName
  /** Default white, or almost black in the dark theme; 'transparent' draws none. */
  background?: ColourLike
  /** The language of numbers and dates, such as 'de-DE'; default by the script of the chart's texts. */
  locale?: string
  /** Written with each value: '%', '$' or 'kg'; default what an axis's title has in brackets, as in 'Share (%)'. */
  unit?: string
}

/** The names of all options. */
export const CHART_OPTIONS: All<ChartOptions> = {
  format: true,
  width: true,
  height: true,
  density: true,
  scale: true,
  theme: true,
  background: true,
  locale: true,
  unit: true,
}

const FORMATS = ['png', 'svg', 'pdf', 'html'] as const

/**
 * Draws a configuration of Chart.js (`type` and `data`) or of ECharts (`series`) and returns the file's bytes: a PNG of
 * width * density by height * density pixels, or an SVG, PDF or HTML page of that size. Defaults for what the
 * configuration leaves out: fonts and sizes, colours safe for colour blindness, values on bars and percentages on
 * slices where they fit, small slices as one, numbers and dates in the chart's language, bars from zero, light grid, no
 * legend for a single series, long labels wrapped or shortened, very many points thinned out.
 * @throws TypeError when the configuration has no type or data, or an unknown type, or an option is out of range;
 * rethrows errors of the library.
 * @see https://www.chartjs.org/docs/4.5.1/configuration/
 * @see https://echarts.apache.org/en/option.html
 */
export async function chart<T extends ChartType>(
  config: ChartConfiguration<T> | EChartsOption,
  options: ChartOptions = {},
): Promise<Buffer> {
  noteUnknown('chart', options, CHART_OPTIONS)
  const { format = 'png', theme: themeName = 'light', locale, unit: valueUnit } = options
  if (!FORMATS.includes(format))
    throw argumentError('chart', 'format', FORMATS.map((name) => `'${name}'`).join(', '), format)
  if (!Object.hasOwn(THEMES, themeName)) throw argumentError('chart', 'theme', "'light' or 'dark'", themeName)
  checkLocale(locale)
  const source = isEChartsOption(config)
    ? eChartsSource(config)
    : chartJsSource(config as unknown as ChartConfiguration)
  const width = integerIn('chart', 'width', options.width ?? 1000, 16, 8000, 'pixels')
  const unit = Math.max(0.5, Math.min(width / 1000, (options.height ?? DEFAULT_HEIGHT) / DEFAULT_HEIGHT))
  const height = integerIn('chart', 'height', options.height ?? source.height(width, unit), 16, 8000, 'pixels')
  const density = numberIn('chart', 'density', options.density ?? options.scale ?? 2, 0.1, 8)
  const theme = THEMES[themeName]
  const background = await rgba('chart', 'background', options.background ?? theme.background)
  const colour = css(background)
  const display = { width, height, unit, density, colour, theme, locale: locale ?? source.locale(), valueUnit }
  if (format === 'html') return source.page(display)
  const surface = createSurface(format, { width, height, density, isOpaque: background[3] === 255 }, () =>
    source.caption(),
  )
  const release = await source.draw(surface.canvas, { ...display, density: surface.density })
  try {
    return await surface.finish()
  } finally {
    release()
  }
}

function checkLocale(locale: unknown): void {
  try {
    if (locale !== undefined) Intl.getCanonicalLocales(locale as string)
  } catch {
    throw argumentError('chart', 'locale', "a language tag such as 'de-DE'", locale)
  }
}
