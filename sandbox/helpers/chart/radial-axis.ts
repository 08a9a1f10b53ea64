// The axis of radar and polar area charts.
import type { ChartConfiguration } from 'chart.js'
import type { Measures } from './axes.ts'
import { givenScales } from './config.ts'

/** The axis of a chart around a point, if it has one. */
export function radialScales(
  config: ChartConfiguration,
  { font, surface: { theme } }: Measures,
): Record<string, object> {
  const given = givenScales(config)
  if (config.type !== 'radar' && config.type !== 'polarArea') return Object.fromEntries(given)
  const { ticks, ...rest } = given.get('r') ?? {}
  return {
    ...Object.fromEntries(given),
    r: {
      beginAtZero: true,
      pointLabels: { font: font(undefined, 16), color: theme.text },
      grid: { color: theme.line },
      angleLines: { color: theme.line },
      ...rest,
      // Over the areas, which would hide them.
      ticks: {
        font: font(undefined, 13),
        color: theme.text,
        showLabelBackdrop: config.type === 'polarArea',
        backdropColor: `${theme.background}cc`,
        z: 1,
        maxTicksLimit: 6,
        ...ticks,
      },
    },
  }
}
