// The default title of a chart.
import type { Context } from './context.ts'
import type { Axes } from './job.ts'
import type { Args, ChartType } from '../parsing/intent.ts'

/** What the chart shows, and of which rows if they are filtered. */
export function titleOf(args: Args, axes: Axes, type: ChartType, whose: string | undefined, context: Context): string {
  const title = plainTitle(args, axes, type, axes.acrossYears && !axes.together ? whose : undefined, context)
  if (whose === undefined || title.includes(whose)) return title
  return context.word(`${title}, ${whose}`, `${whose}：${title}`)
}

function plainTitle(args: Args, axes: Axes, type: ChartType, whose: string | undefined, context: Context): string {
  const { series, acrossYears, together, split, unit, span } = axes
  const x = unit ? context.word(unit, unit === 'year' ? '年' : '月') : axes.x
  const aggregate = args.aggregate ?? (axes.numeric ? axes.aggregates[0] : undefined)
  const how = aggregate && HOW[aggregate][context.language]
  if (acrossYears) {
    const what = together ? `${how ?? ''}${context.word(' ', '')}${args.measure ?? ''}`.trim() : undefined
    const years = context.word(`${series[0]} – ${series.at(-1)}`, `（${series[0]} – ${series.at(-1)}）`)
    if (what !== undefined) return context.word(what ? `${what}, ${years}` : years, `${what}${years}`)
    if (whose !== undefined)
      return context.word(
        `${args.measure ? `${args.measure} of ` : ''}${whose}, ${years}`,
        `${whose}${args.measure ? `的${args.measure}` : ''}${years}`,
      )
    return context.word(`${args.measure ?? x}, ${years}`, `各${x}${args.measure ?? ''}${years}`)
  }
  const values = series.length > 0 ? series.join(context.word(', ', '、')) : context.word('Rows', '行数')
  if (type === 'scatter') return context.word(`${values} against ${x}`, `${x} 与 ${values}`)
  const percent = args.share && type !== 'pie' ? ' (%)' : ''
  const measure = args.measure && !series.includes(args.measure) && /\d{4}/.test(values) ? args.measure : ''
  const rows = series.length === 0 ? undefined : how
  const when =
    span === undefined
      ? ''
      : span.from === span.to
        ? String(span.from)
        : `${span.from || ''} – ${span.to === 9999 ? '' : span.to}`
  const groups = split === undefined ? x : context.word(`${x} and ${split}`, `${x}、${split}`)
  return context.word(
    `${rows ? `${rows} ` : ''}${values}${measure ? ` (${measure})` : ''} ${percent ? `${percent.trim()} ` : ''}by ${groups}${when && `, ${when}`}`,
    `${when}各${groups}的${rows ?? ''}${values}${measure}${percent}`,
  )
}

const HOW = {
  sum: { en: 'Total', zh: '总' },
  average: { en: 'Average', zh: '平均' },
  count: { en: 'Number of', zh: '数量：' },
  median: { en: 'Median', zh: '中位数：' },
  max: { en: 'Maximum', zh: '最大' },
  min: { en: 'Minimum', zh: '最小' },
  deviation: { en: 'Standard deviation of', zh: '标准差：' },
} as const
