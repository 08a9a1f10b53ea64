// A chart in words: its title, its kind and its values, for screen readers and search.
import type { ChartConfiguration } from 'chart.js'
import { datasetsOf, isPlain, nameOf, valuesOf } from './config.ts'
import type { Caption } from './surface.ts'

/** Values named of each dataset. */
const MAX_VALUES = 60

/** The title and a description of a configuration. */
export function captionOf(config: ChartConfiguration): Caption {
  const text: unknown = config.options?.plugins?.title?.text
  const title = [text]
    .flat()
    .filter((line) => typeof line === 'string')
    .join(' ')
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels : []
  const lines = datasetsOf(config).map((dataset, i) => {
    const values = valuesOf(dataset)
    const named = values
      .slice(0, MAX_VALUES)
      .map((value, at) => `${labels[at] === undefined ? '' : `${textOf(labels[at])} `}${textOf(value)}`)
    const rest = values.length - named.length
    return `${nameOf(dataset, i)}: ${named.join('; ')}${rest > 0 ? ` and ${rest} more` : ''}.`
  })
  return {
    title: title || `${config.type} chart`,
    description: `${config.type} chart. ${lines.join('\n')}`.slice(0, 20_000),
  }
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (!isPlain(value)) return String(value)
  const { x, y, v, from, to, flow } = value
  const parts = from === undefined ? [x, y, v] : [from, to, flow]
  return parts
    .filter((part) => part !== undefined)
    .map(textOf)
    .join(', ')
}
