// Writes the code that groups rows, reduces each group to numbers, and reports this and what a chart leaves out.
import { describeGrouping } from '../jobs/aggregate.ts'
import type { Axes, Source } from '../jobs/job.ts'
import type { RowFilter, Span } from '../jobs/query/query.ts'
import { cell, conditionOn } from './cells.ts'
import type { Language } from '../parsing/language.ts'
import type { Aggregate } from '../parsing/intent.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'

type Grouping = Pick<Axes, 'x' | 'series' | 'aggregates' | 'ordered' | 'numeric' | 'unit' | 'split'> & {
  readonly language: Language
}

/** Writes the code that reads the table; returns the variable of its rows. */
export function readRows(
  draft: SnippetDraft,
  job: {
    readonly table: Source
    readonly language?: Language
    readonly choice?: RowFilter
    readonly span?: Span
  },
): string {
  const { table, span, choice, language = 'en' } = job
  const all = spannedRows(draft, table, span)
  return choice === undefined ? all : writeChoice(draft, choice, all, language)
}

function spannedRows(draft: SnippetDraft, table: Source, span: Span | undefined): string {
  draft.use('easel', 'readTable')
  const all = draft.fresh(span ? 'table' : 'rows')
  const named = span ? `rows: ${all}` : all === 'rows' ? 'rows' : `rows: ${all}`
  draft.line(`const { ${named} } = await readTable(${literal(table.name)})`)
  if (!span) return all
  const rows = draft.fresh('rows')
  const year = span.isNumber
    ? cell('row', span.time)
    : `Number(${dateFunction(draft, 'year')}(String(${cell('row', span.time)})))`
  draft.line(`const ${rows} = ${all}.filter((row) => ${spanTest(draft, span, year)})`)
  return rows
}

function spanTest(draft: SnippetDraft, { from, to, years }: Span, year: string): string {
  if (years) return `[${years.join(', ')}].includes(Number(${year}))`
  if (from === to) return `${year} === ${draft.constant('YEAR', from)}`
  const tests = [
    ...(from > 0 ? [`Number(${year}) >= ${draft.constant('FIRST_YEAR', from)}`] : []),
    ...(to < 9999 ? [`Number(${year}) <= ${draft.constant('LAST_YEAR', to)}`] : []),
  ]
  return tests.join(' && ') || 'true'
}

/** Writes one entry per group, `{ name, values }`, in table order, or in time order for times; returns the variable. */
export function writeGroups(draft: SnippetDraft, job: Grouping, rows: string): string {
  const groups = draft.fresh('groups')
  const entries = draft.fresh('entries')
  draft.line(`const ${groups} = Map.groupBy(${rows}, (row) => ${keyOf(draft, job, 'row')})`)
  const values = valuesOf(draft, job, rows, 'members')
  const sorted = job.numeric
    ? '.toSorted((a, b) => Number(a.name) - Number(b.name))'
    : job.ordered
      ? `.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))`
      : ''
  draft.line(`const ${entries} = [...${groups}].map(([name, members]) => ({ name, values: ${values} }))${sorted}`)
  draft.line(`if (${groups}.size < ${rows}.length) console.log(${literal(describeGroups(job))})`)
  return entries
}

/** Converts each number to a percentage of its series' total; returns the variable. */
export function writeShares(draft: SnippetDraft, entries: string): string {
  const [totals, shares] = [draft.fresh('totals'), draft.fresh('shares')]
  draft.line(
    `const ${totals} = ${entries}.reduce<number[]>((sums, { values }) => values.map((value, at) => (sums[at] ?? 0) + (value ?? 0)), [])`,
    `const ${shares} = ${entries}.map(({ name, values }) => ({ name, values: values.map((value, at) => Number(((100 * (value ?? 0)) / (totals[at] || 1)).toFixed(2))) }))`,
  )
  return shares
}

/** The expression of a row's group: the column's value, or the year or month of a date. */
export function keyOf(draft: SnippetDraft, { x, unit }: Pick<Grouping, 'x' | 'unit'>, row: string): string {
  const text = `String(${row}[${draft.constant('X', literal(x))}] ?? '')`
  if (unit === undefined) return text
  return `${dateFunction(draft, unit)}(${text})`
}

/** Declares the function that gives the year or the month of a date; returns its name. */
export function dateFunction(draft: SnippetDraft, unit: 'year' | 'month'): string {
  const name = unit === 'year' ? 'yearOf' : 'monthOf'
  draft.helper(
    name,
    unit === 'year'
      ? `const yearOf = (date: string) => /\\d{4}/.exec(date)?.[0] ?? date`
      : `const monthOf = (date: string) => {\n  const [, year, month] = /(\\d{4})\\D{1,2}(\\d{1,2})/.exec(date) ?? []\n  return year && month ? \`\${year}-\${month.padStart(2, '0')}\` : date\n}`,
  )
  return name
}

/** The expression of a group's values. */
function valuesOf(draft: SnippetDraft, { series, aggregates }: Grouping, rows: string, members: string): string {
  if (aggregates[0] === 'count' && series.length === 0) return `[${members}.length]`
  return listLiteral(
    series.map(
      (name, at) =>
        `${aggregateFunction(draft, aggregates[at]!, rows)}(${members}, ${draft.constant('Y', literal(name))})`,
    ),
  )
}

/** The function that reduces rows to one number: null if none of them has a number. */
export function aggregateFunction(draft: SnippetDraft, aggregate: Aggregate, rows: string): string {
  const name = NAMES[aggregate]
  draft.helper(
    name,
    `const ${name} = (some: typeof ${rows}, column: string) => {
  const values = some.map((row) => row[column]).filter((value) => typeof value === 'number')${SORTED.has(aggregate) ? '.toSorted((a, b) => a - b)' : ''}
  return values.length > ${aggregate === 'deviation' ? 1 : 0} ? ${FIGURES[aggregate]} : null
}`,
    true,
  )
  return name
}

const NAMES: Readonly<Record<Aggregate, string>> = {
  sum: 'sumOf',
  average: 'averageOf',
  count: 'countOf',
  median: 'medianOf',
  max: 'highestOf',
  min: 'lowestOf',
  deviation: 'deviationOf',
}
const SORTED: ReadonlySet<Aggregate> = new Set(['median', 'max', 'min'])
const TOTAL = 'values.reduce((sum, value) => sum + value, 0)'
// 0.1 + 0.2 is 0.30000000000000004, but 0.3 to 15 digits.
const FIGURES: Readonly<Record<Aggregate, string>> = {
  sum: `Number(${TOTAL}.toPrecision(15))`,
  average: `Number((${TOTAL} / values.length).toPrecision(12))`,
  count: 'values.length',
  median: '(values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2',
  max: 'values.at(-1)!',
  min: 'values[0]!',
  // Of a sample: divided by n - 1.
  deviation: `Number(Math.sqrt(values.reduce((sum, value) => sum + (value - ${TOTAL} / values.length) ** 2, 0) / (values.length - 1)).toPrecision(12))`,
}

/** Sorts entries by their first value, the largest or the smallest first. */
export function sortEntries(entries: string, least = false): string {
  if (least) return `${entries}.toSorted((a, b) => (a.values[0] ?? Infinity) - (b.values[0] ?? Infinity))`
  return `${entries}.toSorted((a, b) => (b.values[0] ?? -Infinity) - (a.values[0] ?? -Infinity))`
}

/** Prints how many of `all` are in `left`, both expressions, and the first of their names. `what` describes them. */
export function printLeftOut(
  draft: SnippetDraft,
  language: Language,
  all: string,
  left: string,
  what: Readonly<Record<Language, string>>,
): void {
  const names = `\${${left}.slice(0, 8).map(({ name }) => name).join('${language === 'zh' ? '、' : ', '}')}\${${left}.length > 8 ? ' …' : ''}`
  const text = {
    en: `Left out: \${${left}.length} of \${${all}.length} ${what.en}: ${names}`,
    zh: `未画出：共 \${${all}.length} 项，略去${what.zh}的 \${${left}.length} 项：${names}`,
  }[language]
  draft.line(`if (${left}.length > 0) console.log(\`${text}\`)`)
}

/** The note on rows that were combined under one name. */
function describeGroups({ x, unit, split, series, aggregates, language }: Grouping): string {
  const word = (en: string, zh: string) => (language === 'zh' ? zh : en)
  const times = unit && word(`${unit} of ${x}`, `${x}"的"${unit === 'year' ? '年' : '月'}`)
  const by = [times ?? x, ...(split === undefined ? [] : [split])].join(word(' and ', '"和"'))
  return describeGrouping(by, series, aggregates, { word })
}

/** Synonyms for values that tables write in many ways. */
const SAME: readonly (readonly string[])[] = [
  ['female', 'females', 'woman', 'women', 'f', '女', '女性', '女人', '女士'],
  ['male', 'males', 'man', 'men', 'm', '男', '男性', '男人', '男士'],
]

/** Writes the filter for the rows in `all`; returns the variable of the remaining ones. */
function writeChoice(draft: SnippetDraft, choice: RowFilter, all: string, language: Language): string {
  if (choice.type === 'all')
    return choice.filters.reduce((rows, filter) => writeChoice(draft, filter, rows, language), all)
  const chosen = draft.fresh('chosen')
  if (choice.type === 'where') {
    draft.line(
      `const ${chosen} = ${all}.filter((row) => ${choice.conditions.map((one) => conditionOn('row', one)).join(' && ')})`,
    )
    return chosen
  }
  if (choice.type === 'flag') {
    const says = choice.holds ? '/^(?:yes|y|true|t|1|是|有)$/i' : '/^(?:no|n|false|f|0|否|无)$/i'
    draft.line(
      `const ${chosen} = ${all}.filter((row) => ${says}.test(String(row[${literal(choice.column)}] ?? '').trim()))`,
    )
    return chosen
  }
  const names = draft.constant('NAMES', listLiteral(choice.names.map(literal)))
  const among = draft.constant('AMONG', listLiteral(choice.among.map(literal)))
  const said =
    language === 'zh'
      ? `\`没有名为 \${missing.join('、')} 的列，"\${AMONG.join('、')}"列里也没有这个值。\``
      : `\`There is no column \${missing.join(', ')}, and no such value in \${AMONG.join(', ')}.\``
  const same = SAME.filter((words) => choice.names.some((name) => words.includes(name.toLowerCase())))
  const others =
    same.length > 0 ? draft.constant('SAME', listLiteral(same.map((words) => listLiteral(words.map(literal))))) : ''
  draft.helper(
    'isNamed',
    `/** 北京 is 北京市 too. */
const isNamed = (value: unknown, name: string) => {
  const text = String(value ?? '').trim().toLowerCase()
  if (text === name.toLowerCase()) return true${
    others &&
    `\n  if (${others}.some((words) => words.includes(text) && words.includes(name.toLowerCase()))) return true`
  }
  return /^\\p{Script=Han}{2,}$/u.test(name) && text.startsWith(name) && /[省市县区州旗]$/u.test(text)
}`,
  )
  draft.line(
    `const missing = ${names}.filter((name) => !${among}.some((column) => ${all}.some((row) => isNamed(row[column], name))))`,
    `if (missing.length > 0) throw new Error(${said.replaceAll('AMONG', among)})`,
    `const ${chosen} = ${all}.filter((row) => ${among}.some((column) => ${names}.some((name) => isNamed(row[column], name))))`,
  )
  return chosen
}
