// Suggests an alternative for a value or an option that does not exist although its purpose can be met another way.

const PLUGIN =
  "Draw it with a plugin, plugins: [{ id: 'own', afterDatasetsDraw(chart) { chart.ctx.fillText(...) } }], or on a canvas."
const CAPTION =
  "A caption above or below a picture: grid([pic], { columns: 1, labels: [text], labelPosition: 'below' })."

/** Alternatives for chart types that Chart.js has under another name or as an option of another type. */
const CHART_WAYS: Readonly<Record<string, string>> = {
  area: "An area is a 'line' with fill: true.",
  histogram: "A histogram: count into bins, then 'bar'.",
  column: "Columns are 'bar'.",
  horizontalBar: "Horizontal bars are 'bar' with options.indexAxis: 'y'.",
  barh: "Horizontal bars are 'bar' with options.indexAxis: 'y'.",
  donut: "It is called 'doughnut'.",
  heatmap: "A heat map is a 'matrix' of points { x, y, v }.",
  box: "A box plot is a 'boxplot' of lists of numbers.",
  boxPlot: "A box plot is a 'boxplot' of lists of numbers.",
  errorBars: "Bars with errors are 'barWithErrorBars' of { y, yMin, yMax }.",
  waterfall: "A waterfall is a 'bar' of ranges [from, to].",
}
/** Types that ECharts has. */
const OF_ECHARTS =
  /^(?:funnel|gauge|candlestick|ohlc|graph|sunburst|parallel|themeRiver|chord|tree|map|calendar|effectScatter|pictorialBar)$/i
const ECHARTS = "ECharts has it: chart({ series: [{ type: 'TYPE', data }] })."
const UNDRAWN = /^(?:wordCloud)$/i

/** A suggestion for a value that is not among `choices`; '' if there is none. */
export function suggestForValue(literal: string, choices: readonly string[]): string {
  if (choices.includes('polarArea')) {
    if (Object.hasOwn(CHART_WAYS, literal)) return CHART_WAYS[literal]!
    if (OF_ECHARTS.test(literal)) return ECHARTS.replace('TYPE', literal)
    return UNDRAWN.test(literal) ? PLUGIN : ''
  }
  return choices.includes('bottom-left') && /^(?:below|above|under|over|outside)/i.test(literal) ? CAPTION : ''
}
