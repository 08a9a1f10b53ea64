// Builds the scripts of interactive charts: Chart.js or ECharts with our defaults, in one file each.
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const ENTRIES = ['chart-js', 'echarts'] as const

/** Writes `chart-js.js` and `echarts.js`, which define the global `easelChart`. */
export async function buildChartPages(helpers: string, folder: string): Promise<void> {
  const page = join(helpers, 'chart/page')
  for (const name of ENTRIES) {
    const build = await rolldown({
      input: join(page, `${name}-entry.ts`),
      platform: 'browser',
      checks: { pluginTimings: false, eval: false, circularDependency: false },
      plugins: [
        {
          name: 'easel-browser-canvas',
          resolveId: (source) => (source === '@napi-rs/canvas' ? join(page, 'browser-canvas.ts') : undefined),
        },
      ],
    })
    await build.write({
      file: join(folder, `${name}.js`),
      format: 'iife',
      name: 'easelChart',
      minify: true,
      codeSplitting: false,
    })
    await build.close()
  }
}
