// Types for chartjs-plugin-trendline 3.2.12, which ships none; based on its README and source.
import type { ChartType, Plugin } from 'chart.js'

interface TrendlineOptions {
  colorMin?: string
  colorMax?: string
  width?: number
  lineStyle?: 'solid' | 'dotted' | 'dashed' | 'dashdot'
  fillColor?: string | boolean
  trendoffset?: number
  projection?: boolean
  xAxisKey?: string
  yAxisKey?: string
  label?: {
    text?: string
    display?: boolean
    displayValue?: boolean
    offset?: number
    percentage?: boolean
    color?: string
    font?: { family?: string; size?: number }
  }
  legend?: object
  confidence?: object
}

declare module 'chart.js' {
  // oxlint-disable-next-line typescript/no-unused-vars -- the parameter of Chart.js's own declaration
  interface ChartDatasetProperties<TType extends ChartType, TData> {
    trendlineLinear?: TrendlineOptions
    trendlineExponential?: TrendlineOptions
  }
}

declare const plugin: Plugin
export default plugin
