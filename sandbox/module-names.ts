// The only list of modules that a snippet may import, read by the import check and by the sandbox's module table.

const DAYJS_PLUGINS = [
  ...'advancedFormat arraySupport badMutable bigIntSupport buddhistEra calendar customParseFormat dayOfYear'.split(' '),
  ...'devHelper duration isBetween isLeapYear isMoment isSameOrAfter isSameOrBefore isToday isTomorrow'.split(' '),
  ...'isYesterday isoWeek isoWeeksInYear localeData localizedFormat minMax negativeYear objectSupport'.split(' '),
  ...'pluralGetSet preParsePostFormat quarterOfYear relativeTime timezone toArray toObject updateLocale'.split(' '),
  ...'utc weekOfYear weekYear weekday'.split(' '),
]
const DAYJS_LOCALES = 'ar de en en-gb es fr hi id it ja ko nl pl pt pt-br ru sv th tr uk vi zh zh-cn zh-hk zh-tw'.split(
  ' ',
)

/** Files of dayjs that are modules of their own. Plain Node finds them only with `.js`, most people write them without. */
export const DAYJS_PARTS: readonly string[] = [
  ...DAYJS_PLUGINS.map((name) => `dayjs/plugin/${name}`),
  ...DAYJS_LOCALES.map((name) => `dayjs/locale/${name}`),
]

/**
 * Modules that plain Node finds, or finds rightly, under a longer name: parts of dayjs only with `.js`; datalabels under
 * its bare name is a CommonJS file that loads a second chart.js, and then misplaces its labels.
 */
export const NODE_NAMES: ReadonlyMap<string, string> = new Map([
  ...DAYJS_PARTS.map((name): [string, string] => [name, `${name}.js`]),
  ['chartjs-plugin-datalabels', 'chartjs-plugin-datalabels/dist/chartjs-plugin-datalabels.esm.js'],
])

/** Chart.js plugins. */
export const CHART_PLUGINS: readonly string[] = [
  'chartjs-plugin-datalabels',
  'chartjs-plugin-annotation',
  'chartjs-plugin-trendline',
  'chartjs-adapter-date-fns',
  '@sgratzl/chartjs-chart-boxplot',
  'chartjs-chart-error-bars',
  'chartjs-chart-matrix',
  'chartjs-chart-sankey',
  'chartjs-chart-treemap',
]

/** Every specifier that works; Node's own with and without `node:`. */
export const MODULE_NAMES: readonly string[] = [
  'sharp',
  'chart.js',
  'chart.js/auto',
  'chart.js/helpers',
  'chartjs-node-canvas',
  'gifenc',
  '@napi-rs/canvas',
  'canvas',
  'papaparse',
  'easel',
  'd3-array',
  'simple-statistics',
  'dayjs',
  'arquero',
  'date-fns',
  'date-fns/locale',
  'ml-regression',
  ...CHART_PLUGINS,
  'echarts',
  'node:fs',
  'node:fs/promises',
  'node:path',
  'node:buffer',
  'node:util',
  'node:crypto',
  'node:zlib',
  'node:url',
  'node:events',
  'node:stream',
  'node:stream/promises',
  'node:timers',
  'node:timers/promises',
  'node:assert',
  'node:assert/strict',
  'node:process',
  'fs',
  'fs/promises',
  'path',
  'buffer',
  'util',
  'crypto',
  'zlib',
  'url',
  'events',
  'stream',
  'stream/promises',
  'timers',
  'timers/promises',
  'assert',
  'assert/strict',
  'process',
  ...DAYJS_PARTS,
  ...NODE_NAMES.values(),
]
