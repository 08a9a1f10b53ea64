// Loads the Chart.js plugins that a configuration needs: those of its types, its options and its axes.
import Chart, { type ChartComponentLike, type ChartConfiguration, type Plugin } from 'chart.js/auto'
import { datasetsOf, givenScales, isPlain } from './config.ts'
import { asksForLabels, labelPlugin, suitsLabels } from './labels.ts'

/** The types that packages beside Chart.js add, each with what registers them. */
const TYPES: Readonly<Record<string, () => Promise<readonly ChartComponentLike[]>>> = {
  boxplot: boxes,
  violin: boxes,
  treemap: async () => {
    const { TreemapController, TreemapElement } = await import('chartjs-chart-treemap')
    return [TreemapController, TreemapElement]
  },
  matrix: async () => {
    const { MatrixController, MatrixElement } = await import('chartjs-chart-matrix')
    return [MatrixController, MatrixElement]
  },
  sankey: async () => {
    const { Flow, SankeyController } = await import('chartjs-chart-sankey')
    return [Flow, SankeyController]
  },
  barWithErrorBars: errorBars,
  lineWithErrorBars: errorBars,
  scatterWithErrorBars: errorBars,
  polarAreaWithErrorBars: errorBars,
}

async function boxes(): Promise<readonly ChartComponentLike[]> {
  const all = await import('@sgratzl/chartjs-chart-boxplot')
  return [all.BoxPlotController, all.BoxAndWiskers, all.ViolinController, all.Violin]
}

async function errorBars(): Promise<readonly ChartComponentLike[]> {
  const all = await import('chartjs-chart-error-bars')
  return [
    all.BarWithErrorBarsController,
    all.BarWithErrorBar,
    all.LineWithErrorBarsController,
    all.ScatterWithErrorBarsController,
    all.PointWithErrorBar,
    all.PolarAreaWithErrorBarsController,
    all.ArcWithErrorBar,
  ]
}

/** The names of the types that packages add. */
export const PLUGIN_TYPES: readonly string[] = Object.keys(TYPES)

/** Registers the types of a configuration that Chart.js itself lacks. */
export async function registerTypes(config: ChartConfiguration): Promise<void> {
  for (const type of new Set<string>([config.type, ...datasetsOf(config).map((dataset) => dataset.type ?? config.type)])) {
    const load = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
    if (load) Chart.register(...(await load()))
  }
  const isTime = [...givenScales(config).values()].some(({ type }) => type === 'time' || type === 'timeseries')
  if (isTime) await import('chartjs-adapter-date-fns')
}

/** The plugins for this one chart, given to it alone, so that other charts of the session are not changed. */
export async function pluginsFor(config: ChartConfiguration): Promise<Plugin[]> {
  const options: Readonly<Record<string, unknown>> = { ...config.options?.plugins }
  const given = new Set((config.plugins ?? []).map(({ id }) => id))
  const plugins: Plugin[] = []
  const isMatrix = datasetsOf(config).some((dataset) => (dataset.type ?? config.type) === ('matrix' as string))
  if ((suitsLabels(config) || asksForLabels(config) || isMatrix) && !given.has('datalabels')) plugins.push(await labelPlugin())
  // It works only when it is registered, and does nothing in charts without annotations.
  if (isPlain(options['annotation'])) Chart.register((await import('chartjs-plugin-annotation')).default)
  const isFitted = datasetsOf(config).some((dataset) => 'trendlineLinear' in dataset || 'trendlineExponential' in dataset)
  if (isFitted && !given.has('chartjs-plugin-trendline'))
    plugins.push((await import('chartjs-plugin-trendline')).default as Plugin)
  return plugins
}
