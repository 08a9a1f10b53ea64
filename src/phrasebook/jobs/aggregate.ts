// How the rows of a group become one number: amounts are summed, rates are averaged, unless the request says how.
import type { Context } from './context.ts'
import type { Aggregate, Args } from '../parsing/intent.ts'

/** Columns whose numbers must not be summed. */
const RATES =
  /(?:^|[^a-z])(?:rates?|ratios?|prices?|percent(?:age)?s?|pct|shares?|scores?|grades?|ratings?|marks|temps?|temperatures?|average|avg|mean|median|ages?|speeds?|velocity|density|index|humidity|pressure|efficiency|margin|yield|level|height|weight|length|width|lat|latitude|lng|longitude|gpa|bmi)(?:[^a-z]|$)|%|°|[a-z]_?per_?[a-z]|per capita|率|单价|价格|售价|均价|股价|房价|物价|平均|均值|人均|中位|得分|分数|评分|成绩|温|湿度|气压|比例|占比|比重|百分|年龄|速度|密度|浓度|指数|身高|体重|时速|绩点/iu

/** The aggregate for a column: the one asked for, else average for rates and sum for others. */
export function aggregateOf(column: string, { aggregate }: Args): Aggregate {
  return aggregate ?? (isRate(column) ? 'average' : 'sum')
}

/** Whether the column holds rates, prices, scores, temperatures or percentages. */
function isRate(column: string): boolean {
  return RATES.test(column.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '))
}

/** The note on how rows were grouped. */
export function describeGrouping(
  x: string,
  series: readonly string[],
  aggregates: readonly Aggregate[],
  { word }: Pick<Context, 'word'>,
): string {
  const said = (en: string, zh: string) => word(en, zh)
  const parts = series.map((name, at) =>
    said(`${WORDS[aggregates[at]!].en} of ${name}`, `${name} 的${WORDS[aggregates[at]!].zh}`),
  )
  const rows = said('number of rows', '行数')
  const list = parts.length > 0 ? parts.join(said(', ', '、')) : rows
  return said(`The rows were grouped by ${x}: ${list}.`, `按"${x}"分组：${list}。`)
}

const WORDS = {
  sum: { en: 'sum', zh: '总和' },
  average: { en: 'average', zh: '平均值' },
  count: { en: 'number', zh: '个数' },
  median: { en: 'median', zh: '中位数' },
  max: { en: 'maximum', zh: '最大值' },
  min: { en: 'minimum', zh: '最小值' },
  deviation: { en: 'standard deviation', zh: '标准差' },
} as const
