// A pie with many slices: the small ones become one, as nobody can tell them apart.
import type { ChartConfiguration } from 'chart.js'
import { note } from '../notes.ts'
import { datasetsOf, valuesOf } from './config.ts'
import { percentFormat, wordOf } from './language.ts'
import type { Theme } from './theme.ts'

/** A pie with no more slices is drawn as it is. */
const MAX_SLICES = 8
/** At most this many slices keep their names. */
const MAX_NAMED = 20
/** The smallest share with a slice of its own. */
const MIN_SHARE = 0.03

/** The configuration with its small slices as one, which a note names; unchanged if there are few. */
export function withOtherSlice(config: ChartConfiguration, locale: string, theme: Theme): ChartConfiguration {
  const datasets = datasetsOf(config)
  const labels: unknown = config.data.labels
  if ((config.type !== 'pie' && config.type !== 'doughnut') || datasets.length !== 1 || !Array.isArray(labels))
    return config
  const values = valuesOf(datasets[0]!)
  const isPositive = values.every((value) => typeof value === 'number' && value >= 0)
  if (values.length <= MAX_SLICES || values.length !== labels.length || !isPositive) return config
  const numbers = values as readonly number[]
  const total = numbers.reduce((sum, value) => sum + value, 0)
  const ranked = [...numbers.keys()].toSorted((a, b) => numbers[b]! - numbers[a]! || a - b)
  const named = new Set(ranked.slice(0, MAX_NAMED).filter((i) => numbers[i]! >= total * MIN_SHARE))
  const rest = ranked.filter((i) => !named.has(i))
  if (rest.length < 2 || named.size === 0) return config
  const other = rest.reduce((sum, i) => sum + numbers[i]!, 0)
  const keep = <T>(list: readonly T[], last: T): T[] => [...list.filter((_, i) => named.has(i)), last]
  const word = wordOf('other', locale)
  note(
    `chart: ${rest.length} of ${values.length} slices are drawn as one, '${word}' (${percentFormat(locale)(other / total)}); a bar chart shows them all.`,
  )
  const perSlice = Object.entries(config.data.datasets[0] as object).map(([name, list]) => [
    name,
    name !== 'data' && Array.isArray(list) && list.length === values.length
      ? keep(list, name === 'backgroundColor' ? theme.quiet : list.at(-1))
      : list,
  ])
  const dataset = {
    backgroundColor: keep(
      numbers.map((_, i) => theme.colour([...named].toSorted((a, b) => a - b).indexOf(i))),
      theme.quiet,
    ),
    ...Object.fromEntries(perSlice),
    data: keep(numbers, other),
  }
  return { ...config, data: { ...config.data, labels: keep(labels, word), datasets: [dataset] } }
}
