// Draws a picture's histogram as a chart.
import { chart, CHART_OPTIONS, type ChartOptions } from './chart.ts'
import { histogram } from './gray-levels.ts'
import type { Picture } from './picture.ts'
import { read } from './pixels.ts'
import { noteUnknown, type All } from './options.ts'

export interface HistogramChartOptions extends ChartOptions {
  /** Default 'Histogram'. */
  title?: string
}

const HISTOGRAM_CHART_OPTIONS: All<HistogramChartOptions> = {
  title: true,
  ...CHART_OPTIONS,
}

/**
 * Draws the number of pixels at each level 0..255: red, green, blue and, in gray, the luminance; only the luminance for
 * a gray picture. Returns a PNG, 1000 x 600 unless `width` and `height` are set.
 */
export async function histogramChart(picture: Picture, given: HistogramChartOptions = {}): Promise<Buffer> {
  noteUnknown('histogramChart', given, HISTOGRAM_CHART_OPTIONS)
  const { title = 'Histogram', ...options } = given
  const counts = await histogram(await read('histogramChart', picture))
  const isGray = counts.red.every((n, i) => n === counts.green[i] && n === counts.blue[i])
  const area = (label: string, data: number[], colour: string, opacity: string) => ({
    label,
    data,
    borderColor: colour,
    backgroundColor: `${colour}${opacity}`,
    fill: true,
    borderWidth: 2,
    pointRadius: 0,
  })
  const luminance = area('luminance', counts.luminance, '#4d5561', isGray ? '99' : '22')
  const colours = [
    area('red', counts.red, '#d1495b', '33'),
    area('green', counts.green, '#2a9d5c', '33'),
    area('blue', counts.blue, '#3a7bd5', '33'),
  ]
  return chart(
    {
      type: 'line',
      data: {
        labels: counts.luminance.map((_, level) => level),
        datasets: isGray ? [luminance] : [...colours, luminance],
      },
      options: {
        plugins: { title: { display: title !== '', text: title } },
        scales: {
          x: {
            title: { display: true, text: 'level' },
            ticks: {
              maxRotation: 0,
              callback: (level) => (Number(level) % 32 === 0 || level === 255 ? level : null),
              autoSkip: false,
            },
          },
          y: {
            title: { display: true, text: 'pixels' },
            beginAtZero: true,
            suggestedMax: ceilingOf(isGray ? [counts.luminance] : Object.values(counts)),
          },
        },
      },
    },
    options,
  )
}

/** The axis ends slightly above the highest inner level, because clipped black or white would flatten the rest. */
function ceilingOf(lines: readonly (readonly number[])[]): number {
  return Math.max(...lines.flatMap((line) => line.slice(1, 255)))
}
