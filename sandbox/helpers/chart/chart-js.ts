// Draws configurations of Chart.js.
import { createCanvas } from '@napi-rs/canvas'
import type { ChartConfiguration } from 'chart.js'
import { argumentError, textOf } from '../argument.ts'
import { captionOf } from './caption.ts'
import { noteConfig } from './config-notes.ts'
import { withFewerValues } from './downsample.ts'
import { drawChart } from './draw-chart.ts'
import { chartJsPage } from './page/page.ts'
import { localeOf } from './language.ts'
import { defaultHeight } from './size.ts'
import { withOtherSlice } from './slices.ts'
import type { ChartSource } from './source.ts'
import type { Display } from './style.ts'
import { withTimeAxes } from './time-axis.ts'
import { checkTypes, checkValues } from './types.ts'

/** The source of a configuration; throws a TypeError that names what is wrong with it. */
export function chartJsSource(config: ChartConfiguration): ChartSource {
  const given: unknown = config
  if (typeof given !== 'object' || given === null || !('type' in given && 'data' in given)) {
    throw argumentError('chart', 'config', 'a configuration of Chart.js (type and data) or of ECharts (series)', given)
  }
  textOf('chart', 'config.type', config.type)
  const datasets: unknown = config.data?.datasets
  if (!Array.isArray(datasets)) throw argumentError('chart', 'config.data.datasets', 'an array of datasets', datasets)
  checkTypes(config)
  checkValues(config)
  return {
    height: (width, unit) => defaultHeight(config, width, unit),
    locale: () => localeOf(config),
    caption: () => captionOf(config),
    async draw(canvas, display) {
      const drawn = await drawChart(preparedFor(config, display), canvas, display)
      return () => drawn.destroy()
    },
    async page(display) {
      const shown = preparedFor(config, display)
      return chartJsPage(shown, display, captionOf(config), async (recorded, still) => {
        const drawn = await drawChart(recorded, createCanvas(still.width, still.height), { ...still, density: 1 })
        drawn.destroy()
      })
    },
  }
}

/** The configuration as it is drawn: with time axes, small slices as one, and not too many values. */
function preparedFor(config: ChartConfiguration, { locale, theme, width, height }: Display): ChartConfiguration {
  const dated = withTimeAxes(config, locale)
  noteConfig(dated)
  return withFewerValues(withOtherSlice(dated, locale, theme), width, height)
}
