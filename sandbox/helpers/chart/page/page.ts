// Interactive charts as one HTML file: the library, our defaults and the configuration, without a network.
import type { ChartConfiguration } from 'chart.js'
import type { EChartsOption } from '../echarts.ts'
import type { Display } from '../style.ts'
import type { Caption } from '../surface.ts'
import { pageDisplay } from './display.ts'
import { readLibrary } from './library.ts'
import { recordCalls, sourceOf } from './serialize.ts'

type Draw<Config> = (config: Config, display: Display) => Promise<void>

/** A page with a chart of Chart.js. `draw` draws it once, which shows what its functions return. */
export async function chartJsPage(
  config: ChartConfiguration,
  display: Display,
  caption: Caption,
  draw: Draw<ChartConfiguration>,
): Promise<Buffer> {
  return pageOf('chart-js', withoutPackages(config), display, caption, draw)
}

/** A page with a chart of ECharts. */
export async function eChartsPage(
  option: EChartsOption,
  display: Display,
  caption: Caption,
  draw: Draw<EChartsOption>,
): Promise<Buffer> {
  return pageOf('echarts', option, display, caption, draw)
}

/** Plugins of packages are in the page anyway, and are too large to be written out. */
const PACKAGES: ReadonlySet<string> = new Set(['datalabels', 'annotation', 'chartjs-plugin-trendline'])

function withoutPackages(config: ChartConfiguration): ChartConfiguration {
  const plugins = config.plugins ?? []
  if (!plugins.some(({ id }) => PACKAGES.has(id))) return config
  const hasLabels = plugins.some(({ id }) => id === 'datalabels')
  const { options = {} } = config
  return {
    ...config,
    plugins: plugins.filter(({ id }) => !PACKAGES.has(id)),
    options: { ...options, plugins: { ...(hasLabels ? { datalabels: {} } : {}), ...options.plugins } },
  }
}

async function pageOf<Config extends object>(
  library: 'chart-js' | 'echarts',
  config: Config,
  display: Display,
  { title, description }: Caption,
  draw: Draw<Config>,
): Promise<Buffer> {
  const recorded = recordCalls(config)
  if (recorded.hasFunctions) await draw(recorded.value as Config, display)
  const policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:"
  const text = `<!doctype html>
<html lang="${escapeHtml(display.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>html, body { margin: 0; height: 100%; background: ${display.colour}; overflow: hidden }
#chart { width: 100%; height: 100%; min-height: 240px }
#chart canvas { display: block }</style>
</head>
<body>
<div id="chart" role="img" aria-label="${escapeHtml(`${title}. ${description}`.slice(0, 4000))}"></div>
<script>${inScript(readLibrary(library))}</script>
<script>easelChart.show(document.getElementById('chart'), ${inScript(sourceOf(recorded))}, ${inScript(JSON.stringify(pageDisplay(display)))})</script>
</body>
</html>
`
  return Buffer.from(text)
}

/** Script text that cannot end its element. */
function inScript(code: string): string {
  return code.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
