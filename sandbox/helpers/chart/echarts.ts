// Draws configurations of ECharts.
/* oxlint-disable typescript/no-unnecessary-type-assertion -- `as string` keeps the packages' types out of programs */
import { createCanvas } from '@napi-rs/canvas'
import { isPlain } from './config.ts'
import { eChartsTheme, withEChartsDefaults } from './echarts-style.ts'
import { localeOfTexts } from './language.ts'
import { eChartsPage } from './page/page.ts'
import { DEFAULT_HEIGHT } from './size.ts'
import type { ChartSource } from './source.ts'
import type { Display } from './style.ts'
import type { CanvasLike, Caption } from './surface.ts'

/** An option object of ECharts: https://echarts.apache.org/en/option.html. */
export interface EChartsOption {
  readonly series: object | readonly object[]
  /** Chart.js has these. */
  readonly type?: undefined
  readonly data?: undefined
  readonly [option: string]: unknown
}

/** Whether this is a configuration of ECharts rather than of Chart.js. */
export function isEChartsOption(config: unknown): config is EChartsOption {
  if (!isPlain(config) || 'type' in config || !('series' in config)) return false
  return typeof config['series'] === 'object' && config['series'] !== null
}

/** The source of an ECharts option. */
export function eChartsSource(option: EChartsOption): ChartSource {
  return {
    height: () => DEFAULT_HEIGHT,
    locale: () => localeOfTexts([...textsIn(option, 0)]),
    caption: () => captionOf(option),
    draw: (canvas, display) => draw(option, canvas, display),
    page: (display) =>
      eChartsPage(option, display, captionOf(option), async (recorded, still) => {
        const release = await draw(recorded, createCanvas(still.width, still.height), { ...still, density: 1 })
        release()
      }),
  }
}

async function draw(option: EChartsOption, canvas: CanvasLike, display: Display): Promise<() => void> {
  const echarts = (await import('echarts' as string)) as ECharts
  // Without a canvas of its own, ECharts only guesses how wide texts are.
  echarts.setPlatformAPI({ createCanvas: () => createCanvas(32, 32), measureText: createMeasure() })
  const { width, height, density: devicePixelRatio } = display
  const locale = display.locale.startsWith('zh') ? 'ZH' : 'EN'
  const drawn = echarts.init(canvas, eChartsTheme(display), { width, height, devicePixelRatio, locale })
  drawn.setOption(withEChartsDefaults(option, display))
  drawn.getZr().flush()
  return () => drawn.dispose()
}

/** ECharts measures each of the ASCII characters; Skia refuses the first, NUL. */
function createMeasure(): (text: string, font?: string) => { width: number } {
  const context = createCanvas(32, 32).getContext('2d')
  let last: string | undefined
  return (text, font = '12px sans-serif') => {
    if (font !== last) context.font = font
    last = font
    return context.measureText(text.replaceAll('\0', ''))
  }
}

/** The part of ECharts that is used; see plugins.ts for why its own types are not. */
interface ECharts {
  setPlatformAPI(api: object): void
  init(
    canvas: CanvasLike,
    theme: object,
    options: { width: number; height: number; devicePixelRatio: number; locale: string },
  ): { setOption(option: object): void; getZr(): { flush(): void }; dispose(): void }
}

/** The texts of an option, as far as its language needs them. */
function* textsIn(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') yield value
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > 6) return
  const items = Array.isArray(value) ? value.slice(0, 100) : Object.values(value)
  for (const item of items) yield* textsIn(item, depth + 1)
}

function captionOf({ title, series, xAxis }: EChartsOption): Caption {
  const first: unknown = [title].flat()[0]
  const text = isPlain(first) && typeof first['text'] === 'string' ? first['text'] : ''
  const axis: unknown = [xAxis].flat()[0]
  const names: readonly unknown[] = isPlain(axis) && Array.isArray(axis['data']) ? axis['data'] : []
  const lines = [series].flat().map((one) => {
    const { name, type, data } = one as Readonly<Record<string, unknown>>
    const values: readonly unknown[] = Array.isArray(data) ? data : []
    const written = values
      .slice(0, 60)
      .map((value, i) => [names[i], ...partsOf(value)].filter((part) => part !== undefined).join(' '))
    return `${[type, name].filter((part) => typeof part === 'string').join(' ')}: ${written.join('; ')}`
  })
  return { title: text || 'Chart', description: lines.join('\n').slice(0, 20_000) }
}

function partsOf(value: unknown): unknown[] {
  if (isPlain(value)) return [value['name'], ...partsOf(value['value'])]
  return [value].flat().filter((part) => typeof part !== 'object')
}
