// Accessors for chart.js configurations, shared by all modules that read them.
import type { ChartConfiguration } from 'chart.js'

export type Options = NonNullable<ChartConfiguration['options']>
export type Axis = 'x' | 'y'

/** A dataset of any type; its values are not validated yet. */
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

/** The options of an axis that we read. */
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

/** Whether a chart (or dataset) of this type has slices instead of axes. */
export function isRound(type: string): boolean {
  return ROUND.includes(type)
}

const WITHOUT_AXES = ['treemap', 'sankey']

/** Whether a chart of this type fills its area without axes or a legend. */
export function hasNoAxes(type: string): boolean {
  return WITHOUT_AXES.includes(type)
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

/** The configured axes by id, without Chart.js 2's lists of axes. */
export function givenScales(config: ChartConfiguration): ReadonlyMap<string, Scale> {
  const datasets = datasetsOf(config)
  const used = (id: string) => datasets.some(({ xAxisID, yAxisID }) => id === xAxisID || id === yAxisID)
  return new Map(
    Object.entries<unknown>(config.options?.scales ?? {}).filter(
      (entry): entry is [string, Scale] => isPlain(entry[1]) && (!isOldAxes(entry[0]) || used(entry[0])),
    ),
  )
}

/** Whether this is the id of a list of axes in Chart.js 2. */
export function isOldAxes(id: string): boolean {
  return id === 'xAxes' || id === 'yAxes'
}

/** The axis along which bars and points are placed side by side. */
export function indexAxisOf(config: ChartConfiguration, dataset?: Dataset): Axis {
  const given = dataset?.indexAxis ?? config.options?.indexAxis ?? datasetsOf(config)[0]?.indexAxis
  return given === 'y' ? 'y' : 'x'
}

export function otherAxis(axis: Axis): Axis {
  return axis === 'x' ? 'y' : 'x'
}

/** The id of a dataset's scale for this axis. */
export function scaleIdOf(dataset: Dataset, axis: Axis): string {
  const id = axis === 'x' ? dataset.xAxisID : dataset.yAxisID
  return typeof id === 'string' ? id : axis
}

/** Whether datasets of this one's type are stacked along the value axis. */
export function isStacked(config: ChartConfiguration, dataset: Dataset): boolean {
  const { stacked } = givenScales(config).get(scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset)))) ?? {}
  return stacked === undefined ? dataset.stack !== undefined : Boolean(stacked)
}

export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A point's value for an axis; undefined if the value is not a point. */
export function partOf(value: unknown, axis: Axis): unknown {
  return isPlain(value) ? value[axis] : undefined
}

/** The font set in a part of a configuration. */
export function fontIn(part: object | undefined): object {
  return part && 'font' in part && typeof part.font === 'object' && part.font !== null ? part.font : {}
}
