// What a chart.js configuration says, read in one way by all who look at it.
import type { ChartConfiguration } from 'chart.js'

export type Options = NonNullable<ChartConfiguration['options']>
export type Axis = 'x' | 'y'

/** A dataset of any type: what it may say, not yet looked at. */
export interface Dataset {
  readonly type?: string
  readonly label?: unknown
  readonly data?: unknown
  readonly indexAxis?: unknown
  readonly xAxisID?: unknown
  readonly yAxisID?: unknown
  readonly parsing?: unknown
  readonly stack?: unknown
  readonly order?: unknown
  readonly fill?: unknown
  readonly hidden?: unknown
  readonly showLine?: unknown
  readonly borderColor?: unknown
  readonly backgroundColor?: unknown
  readonly pointStyle?: unknown
  readonly pointBorderColor?: unknown
}

/** What an axis may say. */
export interface Scale {
  readonly type?: unknown
  readonly axis?: unknown
  readonly position?: unknown
  readonly display?: unknown
  readonly min?: unknown
  readonly max?: unknown
  readonly labels?: unknown
  readonly stacked?: unknown
  readonly offset?: unknown
  readonly title?: unknown
  readonly ticks?: Readonly<Record<string, unknown>>
}

const ROUND = ['pie', 'doughnut', 'polarArea']

/** Whether a chart (or dataset) of the type has slices instead of axes. */
export function isRound(type: string): boolean {
  return ROUND.includes(type)
}

export function datasetsOf({ data }: ChartConfiguration): readonly Dataset[] {
  return data.datasets
}

export function valuesOf({ data }: Dataset): readonly unknown[] {
  if (Array.isArray(data)) return data
  return ArrayBuffer.isView(data) && !(data instanceof DataView) ? Array.from(data as Float64Array) : []
}

/** `dataset 'sales'`, or `dataset 2` when it has no name. */
export function nameOf({ label }: Dataset, index: number): string {
  return `dataset ${typeof label === 'string' && label !== '' ? `'${label}'` : index + 1}`
}

/** The axes that are given, by id; what Chart.js 2 had (lists of axes) is none. */
export function givenScales(config: ChartConfiguration): ReadonlyMap<string, Scale> {
  const datasets = datasetsOf(config)
  const used = (id: string) => datasets.some(({ xAxisID, yAxisID }) => id === xAxisID || id === yAxisID)
  return new Map(
    Object.entries<unknown>(config.options?.scales ?? {}).filter(
      (entry): entry is [string, Scale] => isPlain(entry[1]) && (!isOldAxes(entry[0]) || used(entry[0])),
    ),
  )
}

/** Whether Chart.js 2 called its list of axes so. */
export function isOldAxes(id: string): boolean {
  return id === 'xAxes' || id === 'yAxes'
}

/** The axis along which bars and points stand side by side. */
export function indexAxisOf(config: ChartConfiguration, dataset?: Dataset): Axis {
  const given = dataset?.indexAxis ?? config.options?.indexAxis ?? datasetsOf(config)[0]?.indexAxis
  return given === 'y' ? 'y' : 'x'
}

export function otherAxis(axis: Axis): Axis {
  return axis === 'x' ? 'y' : 'x'
}

/** The id of a dataset's axis. */
export function scaleIdOf(dataset: Dataset, axis: Axis): string {
  const id = axis === 'x' ? dataset.xAxisID : dataset.yAxisID
  return typeof id === 'string' ? id : axis
}

/** Whether datasets of this one's type are laid on one another along the value axis. */
export function isStacked(config: ChartConfiguration, dataset: Dataset): boolean {
  const { stacked } = givenScales(config).get(scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset)))) ?? {}
  return stacked === undefined ? dataset.stack !== undefined : Boolean(stacked)
}

export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a point says of an axis; undefined for a value that is no point. */
export function partOf(value: unknown, axis: Axis): unknown {
  return isPlain(value) ? value[axis] : undefined
}

/** The font that a part of a configuration gives. */
export function fontIn(part: object | undefined): object {
  return part && 'font' in part && typeof part.font === 'object' && part.font !== null ? part.font : {}
}
