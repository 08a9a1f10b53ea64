// The script of an interactive page with a chart of Chart.js, bundled by the build.
import type { ChartConfiguration } from 'chart.js'
import { drawChart } from '../draw-chart.ts'
import { call, drawAtEachSize, type PageElement } from './call.ts'
import { createBrowserCanvas } from './browser-canvas.ts'
import { displayOf, type PageDisplay } from './display.ts'

export { call }

/** Draws the chart in the element, with tooltips and a legend that can be clicked. */
export function show(element: PageElement, config: ChartConfiguration, display: PageDisplay): void {
  let drawn: { destroy(): void } | undefined
  drawAtEachSize(element, async (width, height) => {
    drawn?.destroy()
    const canvas = createBrowserCanvas(width, height)
    element.replaceChildren(canvas)
    drawn = await drawChart(config, canvas, { ...displayOf(display, width, height), density: devicePixelRatio })
  })
}

declare const devicePixelRatio: number
