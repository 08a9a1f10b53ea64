// Defaults for ECharts: fonts and sizes, colours, and space for what it would cut off.
import { FONT_FAMILY } from '../layout/text.ts'
import { isPlain } from './config.ts'
import type { EChartsOption } from './echarts.ts'
import { measureText } from './measure.ts'
import type { Display } from './style.ts'
import type { Theme } from './theme.ts'

/** A theme in ECharts's sense. */
export function eChartsTheme({ unit, theme, colour }: Display): object {
  const size = (pixels: number): number => Math.max(8, Math.round(pixels * unit))
  const text = { color: theme.text, fontFamily: FONT_FAMILY, fontSize: size(15) }
  const axis = {
    axisLine: { lineStyle: { color: theme.quiet } },
    axisTick: { lineStyle: { color: theme.quiet } },
    axisLabel: text,
    nameTextStyle: { ...text, fontSize: size(16) },
    splitLine: { lineStyle: { color: theme.line } },
    splitArea: { areaStyle: { color: ['transparent', 'transparent'] } },
  }
  return {
    color: Array.from({ length: 12 }, (_, i) => theme.colour(i)),
    backgroundColor: colour,
    darkMode: theme.name === 'dark',
    textStyle: text,
    title: {
      left: 'center',
      top: size(20),
      textStyle: { ...text, color: theme.strong, fontSize: size(26), fontWeight: 'bold' },
      subtextStyle: { ...text, color: theme.quiet, fontSize: size(17) },
    },
    legend: {
      textStyle: { ...text, fontSize: size(16) },
      itemGap: size(16),
      bottom: size(16),
      inactiveColor: theme.quiet,
    },
    grid: {
      top: size(84),
      left: size(40),
      right: size(40),
      bottom: size(40),
      outerBounds: { top: size(66), left: size(20), right: size(20), bottom: size(16) },
      outerBoundsContain: 'all',
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    logAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    radar: {
      axisName: text,
      splitLine: { lineStyle: { color: theme.line } },
      axisLine: { lineStyle: { color: theme.line } },
    },
    visualMap: { textStyle: text, inRange: { color: colourScale(theme.name) } },
    tooltip: {
      backgroundColor: theme.background,
      borderColor: theme.line,
      textStyle: { ...text, color: theme.text },
    },
    ...seriesStyles(text, size, unit, theme),
  }
}

type Text = Readonly<Record<'color' | 'fontFamily' | 'fontSize', string | number>>

/** Styles of the types of series, and their labels. */
function seriesStyles(text: Text, size: (pixels: number) => number, unit: number, theme: Theme): object {
  return {
    label: { fontFamily: FONT_FAMILY, fontSize: size(15) },
    line: { lineStyle: { width: Math.max(1, 3 * unit) }, symbolSize: 7 * unit },
    pie: { label: { ...text, color: theme.text }, itemStyle: { borderColor: theme.background, borderWidth: 2 } },
    graph: { label: text },
    sankey: { label: { ...text, textBorderWidth: 0 } },
    treemap: { breadcrumb: { show: false }, label: { fontFamily: FONT_FAMILY, fontSize: size(15) } },
    sunburst: { label: { fontFamily: FONT_FAMILY, fontSize: size(13) } },
    heatmap: { label: { fontFamily: FONT_FAMILY, fontSize: size(13) } },
    gauge: { title: { ...text, fontSize: size(16) }, detail: { ...text, fontSize: size(26) }, axisLabel: text },
  }
}

function colourScale(name: 'light' | 'dark'): string[] {
  return name === 'light' ? ['#f1f5fa', '#8fb4dc', '#1d4f91'] : ['#262e3a', '#4d78a8', '#99ccff']
}

/** The option with what a still picture needs: no animation, all data at once, space for labels at the ends of lines. */
export function withEChartsDefaults(option: EChartsOption, display: Display, isStill = true): Record<string, unknown> {
  const list = [option.series].flat() as readonly Readonly<Record<string, unknown>>[]
  const series = list.map((one) => ({
    ...one,
    ...sunburstLabels(one, display),
    ...(isStill ? { progressive: 0, animation: false } : {}),
  }))
  const right = endLabelSpace(list, display)
  const { grid, legend } = option
  const hasAxes = 'xAxis' in option || 'yAxis' in option
  // At the bottom, where ECharts puts it, unless it is told otherwise.
  const isBelow =
    isPlain(legend) && !['top', 'left', 'right'].some((side) => side in legend) && legend['show'] !== false
  const side = Math.round(20 * display.unit)
  const bounds = { top: Math.round(66 * display.unit), left: side, right: right > 0 ? 0 : side }
  const space = {
    ...(right > 0 ? { right } : {}),
    ...(isBelow
      ? { bottom: Math.round(84 * display.unit), outerBounds: { ...bounds, bottom: Math.round(56 * display.unit) } }
      : {}),
  }
  return {
    ...option,
    ...(isStill ? { animation: false } : {}),
    series,
    ...(Array.isArray(grid) || !hasAxes ? {} : { grid: { ...space, ...(isPlain(grid) ? grid : {}) } }),
  }
}

/** Labels of a sunburst that stay in their ring, and none where a slice is thinner than its name. */
function sunburstLabels(
  { type, radius, label, data }: Readonly<Record<string, unknown>>,
  { width, height }: Display,
): object {
  if (type !== 'sunburst') return {}
  const [inner, outer] = (Array.isArray(radius) ? radius : [0, radius ?? '75%']).map((part) =>
    typeof part === 'string' && part.endsWith('%')
      ? (Number.parseFloat(part) / 100) * (Math.min(width, height) / 2)
      : Number(part),
  ) as [number, number]
  const ring = (outer - inner) / Math.max(1, depthOf(data))
  return {
    label: { minAngle: 6, width: Math.max(20, ring - 12), overflow: 'truncate', ...(isPlain(label) ? label : {}) },
  }
}

function depthOf(nodes: unknown): number {
  if (!Array.isArray(nodes) || nodes.length === 0) return 0
  return 1 + Math.max(...nodes.map((node) => (isPlain(node) ? depthOf(node['children']) : 0)))
}

/** Pixels right of the grid for names and values at the ends of lines; 0 if there are none. */
function endLabelSpace(series: readonly Readonly<Record<string, unknown>>[], { unit }: Display): number {
  const widths = series.map(({ endLabel, name, data }) => {
    if (!isPlain(endLabel) || endLabel['show'] !== true) return 0
    const { formatter } = endLabel
    const last: unknown = Array.isArray(data) ? [data.at(-1)].flat().at(-1) : ''
    const value = typeof last === 'number' || typeof last === 'string' ? String(last) : ''
    const text =
      typeof formatter === 'string'
        ? formatter.replaceAll('{a}', String(name ?? '')).replaceAll(/\{(?:c|@\w+|@\[\d+\])\}/g, value)
        : `${String(name ?? '')} ${value}`
    return measureText(text, 16 * unit) + 28 * unit
  })
  return Math.round(Math.max(0, ...widths))
}
