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
}
const UNDRAWN =
  /^(?:matrix|heat-?map|box-?plot|box|violin|treemap|sankey|funnel|gauge|candlestick|ohlc|waterfall|graph|wordCloud)$/i
const PLUGGED = /^(?:datalabels|annotation|trendline\w*|errorBars)$/i

/** A suggestion for a value that is not among `choices`; '' if there is none. */
export function suggestForValue(literal: string, choices: readonly string[]): string {
  if (choices.includes('polarArea')) {
    if (Object.hasOwn(CHART_WAYS, literal)) return CHART_WAYS[literal]!
    return UNDRAWN.test(literal) ? PLUGIN : ''
  }
  return choices.includes('bottom-left') && /^(?:below|above|under|over|outside)/i.test(literal) ? CAPTION : ''
}

/** A suggestion for an option that does not exist; '' if there is none. */
export function suggestForOption(name: string): string {
  return PLUGGED.test(name) ? PLUGIN : ''
}
