// Writes the code of charts: bars, lines and slices of grouped rows, points, and the years of a wide table.
import type { ChartJob } from '../jobs/job.ts'
import type { Aggregate } from '../parsing/intent.ts'
import { MAX_BARS } from '../jobs/table-columns.ts'
import { applySteps } from './chain.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import {
  aggregateFunction,
  keyOf,
  sortEntries,
  readRows,
  printLeftOut,
  writeGroups,
  writeShares,
} from './group-code.ts'
import { writeOutput } from './output.ts'

const MAX_LINES = 10

/** A Chart.js chart of the table's columns. */
export function writeChart(draft: SnippetDraft, job: ChartJob): void {
  draft.use('easel', 'chart')
  const rows = readRows(draft, job)
  const png = draft.fresh('png')
  draft.line(
    '',
    `const ${png} = await chart(${configOf(draft, job, rows)}, { width: ${job.width}, height: ${job.height} })`,
  )
  if (job.after.length === 0) {
    draft.use('node:fs/promises', 'writeFile')
    draft.line(`await writeFile(${literal(job.output)}, ${png})`)
    return
  }
  draft.use('sharp')
  writeOutput(draft, applySteps(draft, { head: `sharp(${png})`, calls: [], steps: [] }, job.after), {
    name: literal(job.output),
    extension: 'png',
  })
}

function configOf(draft: SnippetDraft, job: ChartJob, rows: string): string {
  if (job.acrossYears) return job.together ? allTogether(draft, job, rows) : acrossYears(draft, job, rows)
  if (job.type === 'scatter') return scatter(draft, job, rows)
  return job.split === undefined ? byGroup(draft, job, rows) : bySplit(draft, job, rows, job.split)
}

/** One bar, point or slice per group of rows. */
function byGroup(draft: SnippetDraft, job: ChartJob, rows: string): string {
  const groups = writeGroups(draft, job, rows)
  const all = job.share ? writeShares(draft, groups) : groups
  if (job.type === 'pie') return slices(draft, job, all)
  const shown = shownEntries(draft, job, all)
  const names =
    job.series.length > 0 ? job.series.map((name) => draft.constant('Y', literal(name))) : [literal(rowsIn(job))]
  const sets = names.map(
    (name, at) => `{ label: ${name}, data: ${shown}.map(({ values }) => values[${at}] ?? null)${colored(job)} }`,
  )
  return config(
    draft,
    job,
    `${shown}.map(({ name }) => name)`,
    `[\n${sets.map((set) => `      ${set},`).join('\n')}\n    ]`,
  )
}

/** The entries to draw: those asked for, else as many as remain readable; the answer says what is left out. */
function shownEntries(draft: SnippetDraft, job: ChartJob, all: string): string {
  const { top, ordered, numeric, type, language, least } = job
  if (ordered && type === 'line' && !(numeric && top !== undefined)) return all
  const most = Math.max(1, Math.floor(MAX_BARS / Math.max(1, job.series.length)))
  const limit = draft.constant(top === undefined || top > most ? 'MOST_BARS' : 'TOP_ROWS', Math.min(top ?? most, most))
  if (ordered && top === undefined) {
    const [shown, left] = [draft.fresh('latest'), draft.fresh('earlier')]
    draft.line(`const ${shown} = ${all}.slice(-${limit})`, `const ${left} = ${all}.slice(0, -${limit})`)
    printLeftOut(
      draft,
      language,
      all,
      left,
      numeric ? { en: `bars, the lowest ${job.x}`, zh: '最小' } : { en: 'bars, the earliest', zh: '最早' },
    )
    return shown
  }
  const [sorted, shown] = [draft.fresh('sorted'), draft.fresh('largest')]
  draft.line(`const ${sorted} = ${sortEntries(all, least)}`)
  const whole =
    top === undefined
      ? `${all}.length > ${limit} ? ${sorted}.slice(0, ${limit}) : ${all}`
      : `${sorted}.slice(0, ${limit})`
  draft.line(`const ${shown} = ${whole}`)
  if (top === undefined || top > most) {
    const left = draft.fresh('smaller')
    draft.line(`const ${left} = ${sorted}.slice(${limit}${top === undefined ? '' : `, ${top}`})`)
    printLeftOut(draft, language, all, left, { en: 'bars, the smallest', zh: '最小' })
  }
  return shown
}

function slices(draft: SnippetDraft, job: ChartJob, all: string): string {
  const limit = draft.constant('TOP_ROWS', Math.min(job.top ?? MAX_LINES, MAX_BARS))
  const [sorted, labels, values, left] = ['sorted', 'labels', 'values', 'smaller'].map((name) => draft.fresh(name))
  const rest = job.language === 'zh' ? '其他' : 'Others'
  draft.line(
    `const ${sorted} = ${sortEntries(all, job.least)}`,
    `const ${left} = ${sorted}.slice(${limit})`,
    `const ${labels} = ${sorted}.slice(0, ${limit}).map(({ name }) => name)`,
    `const ${values} = ${sorted}.slice(0, ${limit}).map((entry) => entry.values[0] ?? 0)`,
  )
  draft.block(`if (${left}.length > 0) {`, () => {
    draft.line(
      `${labels}.push('${rest}')`,
      `${values}.push(${left}.reduce((sum, entry) => sum + (entry.values[0] ?? 0), 0))`,
      job.language === 'zh'
        ? `console.log(\`最大的 \${${limit}} 项单独成块，其余 \${${left}.length} 项合并为"${rest}"。\`)`
        : `console.log(\`The \${${limit}} largest have slices of their own; the other \${${left}.length} are one, ${rest}.\`)`,
    )
  })
  const name = job.series[0] === undefined ? literal(rowsIn(job)) : draft.constant('Y', literal(job.series[0]))
  return config(draft, job, labels!, `[{ label: ${name}, data: ${values} }]`)
}

/** A line, or a set of bars, for each value of a second column. */
function bySplit(draft: SnippetDraft, job: ChartJob, rows: string, column: string): string {
  const split = draft.constant('SPLIT', literal(column))
  const all = writeGroups(draft, job, rows)
  const places = shownEntries(draft, { ...job, top: undefined }, all)
  const figure = job.series[0] === undefined ? undefined : aggregateFunction(draft, job.aggregates[0]!, rows)
  const valueOf = (members: string) =>
    figure === undefined
      ? `${members}.length`
      : `${figure}(${members}, ${draft.constant('Y', literal(job.series[0]!))})`
  const most = Math.min(job.top ?? MAX_LINES, MAX_BARS)
  const limit = job.type === 'line' ? draft.constant('MOST_LINES', most) : draft.fresh('most')
  if (job.type !== 'line')
    draft.line(`const ${limit} = Math.max(1, Math.min(${most}, Math.floor(${MAX_BARS} / ${places}.length)))`)
  const [parts, shown, left] = [draft.fresh('parts'), draft.fresh('largest'), draft.fresh('smaller')]
  draft.line(
    `const ${parts} = ${sortEntries(`[...Map.groupBy(${rows}, (row) => String(row[${split}] ?? ''))]\n  .map(([name, members]) => ({ name, members, values: [${valueOf('members')}] }))\n  `, job.least)}`,
    `const ${shown} = ${parts}.slice(0, ${limit})`,
  )
  if (job.top === undefined || job.type !== 'line') {
    draft.line(`const ${left} = ${parts}.slice(${limit})`)
    printLeftOut(draft, job.language, parts, left, { en: `values of ${column}, the smallest`, zh: '最小' })
  }
  draft.block(
    `const datasets = ${shown}.map(({ name: label, members }) => {`,
    () => {
      draft.line(
        `const cells = Map.groupBy(members, (row) => ${keyOf(draft, job, 'row')})`,
        `return { label, data: ${places}.map(({ name }) => ${figure === undefined ? 'cells.get(name)?.length ?? 0' : valueOf('cells.get(name) ?? []')}) }`,
      )
    },
    '})',
  )
  return config(draft, job, `${places}.map(({ name }) => name)`, 'datasets')
}

function scatter(draft: SnippetDraft, job: ChartJob, rows: string): string {
  const x = draft.constant('X', literal(job.x))
  const y = draft.constant('Y', literal(job.series[0]!))
  const points = draft.fresh('points')
  draft.line(
    `const ${points} = ${rows}`,
    `  .filter((row) => typeof row[${x}] === 'number' && typeof row[${y}] === 'number')`,
    `  .map((row) => ({ x: Number(row[${x}]), y: Number(row[${y}]) }))`,
  )
  const scales = `scales: { x: { title: { display: true, text: ${x} } }, y: { title: { display: true, text: ${y} } } }`
  return `{\n  type: 'scatter',\n  data: { datasets: [{ label: \`\${${y}} / \${${x}}\`, data: ${points}${job.color ? `, backgroundColor: ${literal(job.color)}` : ''} }] },\n  options: { ${titled(draft, job)}, ${scales} },\n}`
}

/** Transposes a wide table: one line per row, the years along x. */
function acrossYears(draft: SnippetDraft, job: ChartJob, rows: string): string {
  const x = draft.constant('X', literal(job.x))
  const years = draft.constant('YEARS', listLiteral(job.series.map(literal)))
  const last = draft.constant('LAST', literal(job.series.at(-1)!))
  const limit = draft.constant('TOP_ROWS', Math.min(job.top ?? MAX_LINES, MAX_BARS))
  const largest = draft.fresh('largest')
  draft.line(
    `const ${largest} = ${rows}.toSorted((a, b) => ${job.least ? `Number(a[${last}]) - Number(b[${last}])` : `Number(b[${last}]) - Number(a[${last}])`}).slice(0, ${limit})`,
  )
  const set = `{ label: String(row[${x}]), data: ${years}.map((year) => row[year] as number | null) }`
  return config(draft, job, years, `${largest}.map((row) => (${set}))`)
}

/** The years of a wide table, each with the sum or average of all rows. */
function allTogether(draft: SnippetDraft, job: ChartJob, rows: string): string {
  const years = draft.constant('YEARS', listLiteral(job.series.map(literal)))
  const aggregate = job.aggregates[0]!
  const figure = aggregateFunction(draft, aggregate, rows)
  const [en, zh] = TOGETHER[aggregate]
  const said = job.language === 'zh' ? `每年的数值是所有行的${zh}。` : `Each year is the ${en} of all rows.`
  draft.line(`console.log(${literal(said)})`)
  return config(
    draft,
    job,
    years,
    `[{ label: TITLE, data: ${years}.map((year) => ${figure}(${rows}, year))${colored(job)} }]`,
  )
}

const TOGETHER: Readonly<Record<Aggregate, readonly [string, string]>> = {
  sum: ['sum', '总和'],
  average: ['average', '平均值'],
  count: ['number', '个数'],
  median: ['median', '中位数'],
  max: ['highest value', '最大值'],
  min: ['lowest value', '最小值'],
  deviation: ['standard deviation', '标准差'],
}

function config(draft: SnippetDraft, job: ChartJob, labels: string, datasets: string): string {
  return `{\n  type: '${job.type}',\n  data: {\n    labels: ${labels},\n    datasets: ${datasets},\n  },\n  options: { ${titled(draft, job)}${job.stacked ? ', scales: { x: { stacked: true }, y: { stacked: true } }' : ''} },\n}`
}

function colored({ color }: ChartJob): string {
  return color ? `, backgroundColor: ${literal(color)}, borderColor: ${literal(color)}` : ''
}

function rowsIn({ language }: ChartJob): string {
  return language === 'zh' ? '行数' : 'rows'
}

/** The chart options that show the title. */
function titled(draft: SnippetDraft, { title }: ChartJob): string {
  return `plugins: { title: { display: true, text: ${draft.constant('TITLE', literal(title))} } }`
}
