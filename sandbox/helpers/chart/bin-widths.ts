// Bars on a linear axis, such as the bins of a histogram.
import type { Plugin, Scale as DrawnScale } from 'chart.js'

/**
 * Makes bars on a linear axis as wide as the distance between them: Chart.js uses the distance between ticks if that is
 * smaller, which halves the width of histogram bins.
 */
export function binWidthPlugin(): Plugin {
  const kept = new Map<DrawnScale, DrawnScale['ticks']>()
  return {
    id: 'easel-bin-widths',
    beforeDatasetsUpdate(chart) {
      for (const { type, iScale, data } of chart.getSortedVisibleDatasetMetas()) {
        if (type !== 'bar' || !iScale || iScale.type === 'category' || kept.has(iScale) || data.length < 2) continue
        kept.set(iScale, iScale.ticks)
        iScale.ticks = []
      }
    },
    afterDatasetsUpdate() {
      for (const [scale, ticks] of kept) scale.ticks = ticks
      kept.clear()
    },
  }
}
