// Loads the Chart.js plugins that a configuration needs: those of its types, its options and its axes.
/* oxlint-disable typescript/no-unnecessary-type-assertion -- `as string` keeps the packages' types out of programs */
import Chart, { type ChartComponentLike, type ChartConfiguration, type Plugin } from 'chart.js/auto'
import { datasetsOf, givenScales, isPlain } from './config.ts'
import { asksForLabels, suitsLabels } from './labels.ts'

/**
 * The types that packages beside Chart.js add: the package, and what of it registers them. `as string` keeps the packages'
 * types out of the check of every snippet, which they would slow by a third; src/check adds them where they are meant.
 */
const TYPES: Readonly<Record<string, () => Promise<readonly ChartComponentLike[]>>> = {
  boxplot: boxes,
  violin: boxes,
  treemap: async () => pick(await import('chartjs-chart-treemap' as string), 'TreemapController TreemapElement'),
  matrix: async () => pick(await import('chartjs-chart-matrix' as string), 'MatrixController MatrixElement'),
  sankey: async () => pick(await import('chartjs-chart-sankey' as string), 'SankeyController Flow'),
  barWithErrorBars: errorBars,
  lineWithErrorBars: errorBars,
  scatterWithErrorBars: errorBars,
  polarAreaWithErrorBars: errorBars,
}

async function boxes(): Promise<readonly ChartComponentLike[]> {
  return pick(
    await import('@sgratzl/chartjs-chart-boxplot' as string),
    'BoxPlotController BoxAndWiskers ViolinController Violin',
  )
}

async function errorBars(): Promise<readonly ChartComponentLike[]> {
  return pick(
    await import('chartjs-chart-error-bars' as string),
    'BarWithErrorBarsController LineWithErrorBarsController ScatterWithErrorBarsController ' +
      'PolarAreaWithErrorBarsController BarWithErrorBar PointWithErrorBar ArcWithErrorBar',
  )
}

function pick(module: unknown, names: string): readonly ChartComponentLike[] {
  return names.split(' ').map((name) => (module as Readonly<Record<string, ChartComponentLike>>)[name]!)
}

/** The names of the types that packages add. */
export const PLUGIN_TYPES: readonly string[] = Object.keys(TYPES)

/** Registers the types of a configuration that Chart.js itself lacks. */
export async function registerTypes(config: ChartConfiguration): Promise<void> {
  for (const type of new Set<string>([
    config.type,
    ...datasetsOf(config).map((dataset) => dataset.type ?? config.type),
  ])) {
    const load = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
    if (load) Chart.register(...(await load()))
  }
  const isTime = [...givenScales(config).values()].some(({ type }) => type === 'time' || type === 'timeseries')
  if (isTime) await import('chartjs-adapter-date-fns' as string)
}

/** The plugins for this one chart, given to it alone, so that other charts of the session are not changed. */
export async function pluginsFor(config: ChartConfiguration): Promise<Plugin[]> {
  const options: Readonly<Record<string, unknown>> = { ...config.options?.plugins }
  const given = new Set((config.plugins ?? []).map(({ id }) => id))
  const plugins: Plugin[] = []
  const isMatrix = datasetsOf(config).some((dataset) => (dataset.type ?? config.type) === ('matrix' as string))
  if ((suitsLabels(config) || asksForLabels(config) || isMatrix) && !given.has('datalabels'))
    plugins.push(pluginOf(await import('chartjs-plugin-datalabels/dist/chartjs-plugin-datalabels.esm.js' as string)))
  // It works only when it is registered, and does nothing in charts without annotations.
  if (isPlain(options['annotation'])) Chart.register(pluginOf(await import('chartjs-plugin-annotation' as string)))
  const isFitted = datasetsOf(config).some(
    (dataset) => 'trendlineLinear' in dataset || 'trendlineExponential' in dataset,
  )
  if (isFitted && !given.has('chartjs-plugin-trendline'))
    plugins.push(pluginOf(await import('chartjs-plugin-trendline' as string)))
  return plugins
}

function pluginOf(module: unknown): Plugin {
  return (module as { readonly default: Plugin }).default
}
