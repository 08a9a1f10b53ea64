// Draws a configuration of Chart.js on a canvas.
import Chart, { type ChartConfiguration } from 'chart.js/auto'
import { noteDrawn } from './drawn-notes.ts'
import { pluginsFor, registerTypes } from './plugins.ts'
import { withChartDefaults, type Display } from './style.ts'
import type { CanvasLike } from './surface.ts'

/** Draws it with our defaults; `destroy()` of the result clears the canvas. */
export async function drawChart(config: ChartConfiguration, canvas: CanvasLike, display: Display): Promise<Chart> {
  await registerTypes(config)
  const plugins = await pluginsFor(config)
  const { plugins: own = [], ...styled } = withChartDefaults(config, display)
  const drawn = new Chart(withAttributes(canvas), { ...styled, plugins: [...own, ...plugins] })
  noteDrawn(config, drawn)
  return drawn
}

/** The trend line's plugin describes the chart in attributes of its canvas. */
function withAttributes(canvas: CanvasLike): CanvasLike {
  // In a browser it has them.
  if ('setAttribute' in canvas) return canvas
  const attributes = new Map<string, string>()
  return Object.assign(canvas, {
    setAttribute: (name: string, value: string) => void attributes.set(name, value),
    getAttribute: (name: string) => attributes.get(name) ?? null,
    hasAttribute: (name: string) => attributes.has(name),
  })
}
