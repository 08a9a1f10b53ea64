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

/** Every specifier that works; Node's own with and without `node:`. */
export const MODULE_NAMES: readonly string[] = [
  'sharp',
  'chart.js',
  'chart.js/auto',
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
  ...DAYJS_PARTS.flatMap((name) => [name, `${name}.js`]),
]
