// Rejects chart types that are not registered, and suggests a replacement.
import Chart, { type ChartConfiguration } from 'chart.js/auto'
import { argumentError } from '../argument.ts'
import { datasetsOf, isPlain, valuesOf } from './config.ts'
import { PLUGIN_TYPES } from './plugins.ts'

const INSTEAD: Readonly<Record<string, string>> = {
  horizontalbar: "take type 'bar' with options.indexAxis 'y'",
  barhorizontal: "take type 'bar' with options.indexAxis 'y'",
  barh: "take type 'bar' with options.indexAxis 'y'",
  column: "take type 'bar'",
  histogram: "count the values of each bin and take type 'bar'",
  stackedbar: "take type 'bar' with stacked: true in options.scales.x and options.scales.y",
  area: "take type 'line' with fill: true in its datasets",
  stackedarea: "take type 'line' with fill: true in its datasets and stacked: true in options.scales.y",
  spline: "take type 'line' with tension: 0.4 in its datasets",
  donut: "take type 'doughnut'",
  polar: "take type 'polarArea'",
  points: "take type 'scatter'",
  mixed: "take type 'bar' and give each dataset its own type, 'bar' or 'line'",
  heatmap: "take type 'matrix' with points { x, y, v }",
  box: "take type 'boxplot'",
  boxandwhisker: "take type 'boxplot'",
  errorbars: "take type 'barWithErrorBars' with values { y, yMin, yMax }",
  waterfall: "take type 'bar' with ranges [from, to] as values",
  funnel: "give a configuration of ECharts: { series: [{ type: 'funnel', data }] }",
  gauge: "give a configuration of ECharts: { series: [{ type: 'gauge', data }] }",
  sunburst: "give a configuration of ECharts: { series: [{ type: 'sunburst', data }] }",
  candlestick: "give a configuration of ECharts: { series: [{ type: 'candlestick', data }] }",
  combo: "take type 'bar' and give each dataset its own type, 'bar' or 'line'",
}

/** @throws TypeError if the type of the chart or of a dataset is not registered; the message names an alternative. */
export function checkTypes(config: ChartConfiguration): void {
  for (const type of [config.type, ...datasetsOf(config).map((dataset) => dataset.type ?? config.type)]) {
    if (isRegistered(type)) continue
    const simple = String(type)
      .toLowerCase()
      .replace(/[^a-z]/g, '')
    const way = Object.hasOwn(INSTEAD, simple)
      ? INSTEAD[simple]
      : `there are bar, bubble, doughnut, line, pie, polarArea, radar, scatter, ${PLUGIN_TYPES.join(', ')}; ECharts has more (series)`
    throw new TypeError(`chart: Chart.js has no type "${type}"; ${way}`)
  }
}

/** What the values of a type must be, by the names of their parts. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  sankey: ['from', 'to', 'flow'],
  matrix: ['x', 'y', 'v'],
  barWithErrorBars: ['yMin', 'yMax'],
}

/** @throws TypeError if the values of a dataset are not what its type draws. */
export function checkValues(config: ChartConfiguration): void {
  for (const dataset of datasetsOf(config)) {
    const type: string = dataset.type ?? config.type
    const parts = Object.hasOwn(PARTS, type) ? PARTS[type]! : []
    const wrong = valuesOf(dataset).find((value) => parts.some((part) => !isPlain(value) || !hasPart(value, part)))
    if (parts.length > 0 && wrong !== undefined)
      throw argumentError('chart', `the values of type '${type}'`, `objects { ${parts.join(', ')} }`, wrong)
    const { tree, data } = dataset as { tree?: unknown; data?: unknown }
    if (type === 'treemap' && !Array.isArray(tree ?? data) && !isPlain(tree))
      throw argumentError('chart', 'tree of a treemap', 'an array of rows or numbers', tree)
    const lists = type === 'boxplot' || type === 'violin' ? valuesOf(dataset) : []
    const single = lists.find((list) => typeof list === 'number')
    if (single !== undefined)
      throw argumentError('chart', `the values of type '${type}'`, 'a list of numbers for each label', single)
  }
}

/** Horizontal bars have their ends in xMin and xMax. */
function hasPart(value: Readonly<Record<string, unknown>>, part: string): boolean {
  return part in value || (part === 'yMin' && 'xMin' in value) || (part === 'yMax' && 'xMax' in value)
}

function isRegistered(type: string): boolean {
  if (PLUGIN_TYPES.includes(type)) return true
  try {
    return Boolean(Chart.registry.getController(type))
  } catch {
    return false
  }
}
