// The script of an interactive page with a chart of ECharts, bundled by the build.
import * as echarts from 'echarts'
import { eChartsTheme, withEChartsDefaults } from '../echarts-style.ts'
import type { EChartsOption } from '../echarts.ts'
import { call, drawAtEachSize, type PageElement } from './call.ts'
import { displayOf, type PageDisplay } from './display.ts'

export { call }

/** Draws the chart in the element, with tooltips. */
export function show(element: PageElement, option: EChartsOption, display: PageDisplay): void {
  let drawn: echarts.ECharts | undefined
  drawAtEachSize(element, (width, height) => {
    drawn?.dispose()
    const now = displayOf(display, width, height)
    const locale = display.locale.startsWith('zh') ? 'ZH' : 'EN'
    drawn = echarts.init(element, eChartsTheme(now), { width, height, locale })
    drawn.setOption({ tooltip: {}, ...withEChartsDefaults(option, now, false) })
  })
}
