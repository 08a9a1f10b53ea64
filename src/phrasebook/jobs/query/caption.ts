// What a result shows, in a heading that names the columns used: "Total sales by region, 2022".
import type { Context } from '../context.ts'
import type { Measure, QueryJob, QueryShape, Span } from './query.ts'
import { describeCondition } from '../row-filter.ts'
import { havingOf } from './order.ts'
import type { Args } from '../../parsing/intent.ts'

/** The heading of a result; `filter`: its rows in words. */
export function captionOf(
  args: Args,
  shape: QueryShape,
  filter: string | undefined,
  span: Span | undefined,
  sort: QueryJob['sort'],
  context: Context,
): string {
  const { word } = context
  const zh = context.language === 'zh'
  const title = plainCaption(args, shape, sort, context)
  const times = spanInWords(span)
  const having = havingOf(args, shape).map((one) => describeCondition(one, context))
  const parts = [filter, ...having, times].filter((part) => part !== undefined && part !== '' && !title.includes(part))
  if (parts.length === 0) return zh ? title : capital(title)
  return zh ? `${parts.join(word(', ', '、'))}：${title}` : `${capital(title)}, ${parts.join(', ')}`
}

function plainCaption(args: Args, shape: QueryShape, sort: QueryJob['sort'], { word }: Context): string {
  switch (shape.type) {
    case 'whole':
      return listed(shape.measures)
    case 'groups': {
      const keys = shape.keys.map(({ label }) => label)
      const growth = args.growth === undefined ? '' : word(' and its growth', '及增长率')
      const share = args.share ? word(' and its share', '及占比') : ''
      return word(
        `${listed(shape.measures)}${growth}${share} by ${keys.join(' and ')}`,
        `各${keys.join('、')}的${listed(shape.measures)}${growth}${share}`,
      )
    }
    case 'years': {
      const growth = args.growth === undefined ? '' : word(' and its growth', '及增长率')
      return word(`${shape.measure?.label ?? ''}${growth} by year`, `历年${shape.measure?.label ?? ''}${growth}`)
    }
    case 'change': {
      const { from, to } = shape.times
      const of = shape.key === undefined ? '' : word(` by ${shape.key.label}`, `各${shape.key.label}的`)
      const what = shape.annual
        ? word('average growth per year', '年均增长率')
        : args.growth
          ? word('growth', '增长')
          : word('change', '变化')
      return word(`${what}${of}, ${from} to ${to}`, `${of}${what}（${from} 到 ${to}）`)
    }
    case 'pivot':
      return word(
        `${shape.measure.label} by ${shape.row.label} (rows) and ${shape.across.label} (columns)`,
        `${shape.measure.label}：行为${shape.row.label}，列为${shape.across.label}`,
      )
    case 'distinct':
      return word(`values of ${shape.column}`, `${shape.column} 的取值`)
    case 'relation':
      return word(`correlation of ${shape.columns.join(', ')}`, `${shape.columns.join('、')} 的相关系数`)
    case 'rows':
      return rowsCaption(args, shape.columns, sort, word)
  }
}

function rowsCaption(
  args: Args,
  shown: readonly string[] | undefined,
  sort: QueryJob['sort'],
  word: Context['word'],
): string {
  const count = args.top ?? args.head ?? args.tail
  const which = args.head
    ? word('first ', '前 ')
    : args.tail
      ? word('last ', '最后 ')
      : args.top
        ? args.least
          ? word('lowest ', '最低的 ')
          : word('top ', '前 ')
        : ''
  const number = count === undefined ? '' : `${which}${count} `
  const measure = args.measure && shown && !shown.includes(args.measure) ? ` (${args.measure})` : ''
  if (shown === undefined || shown.length < 2) {
    const by =
      sort === undefined
        ? ''
        : word(
            ` by ${sort.by}${args.top ? '' : sort.descending ? ', descending' : ', ascending'}`,
            `，按${sort.by}${sort.descending ? '降序' : '升序'}`,
          )
    return word(`${number}rows${by}`, `${number}行${by}`)
  }
  return word(
    `${number}${shown[0]} by ${shown.slice(1).join(', ')}${measure}`,
    `${number}${count === undefined ? '' : '个'}${shown[0]}的${shown.slice(1).join('、')}${measure}`,
  )
}

function listed(measures: readonly Measure[]): string {
  return measures.map(({ label }) => label).join(', ')
}

function spanInWords(span: Span | undefined): string | undefined {
  if (!span) return undefined
  const { from, to, years } = span
  if (years) return years.join(', ')
  if (from === to) return String(from)
  return `${from === 0 ? '' : from} – ${to === 9999 ? '' : to}`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
