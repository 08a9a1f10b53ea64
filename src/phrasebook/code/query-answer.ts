// Writes how the result of a question is told: in a sentence, as a Markdown table, as a chart, or as a file.
import type { QueryJob } from '../jobs/job.ts'
import { cell } from './cells.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import { growthLabel, shareOf } from './query-code.ts'
import { numberOf } from './query-result.ts'

/** Prints the answer, draws the chart, saves the file. `result`: the variable of the result's rows. */
export function writeAnswer(draft: SnippetDraft, job: QueryJob, rows: string, result: string): void {
  const { shape, answer } = job
  if (shape.type === 'relation') return writeRelation(draft, job, rows)
  if (job.chart) return writeResultChart(draft, job, result)
  if (answer === 'value') sayValue(draft, job, rows, result)
  else if (answer === 'best') sayBest(draft, job, result)
  else printTable(draft, job, result)
  if (job.output === undefined || (shape.type === 'whole' && answer === 'value')) return
  saveRows(draft, job.output, result)
}

function printTable(draft: SnippetDraft, job: QueryJob, result: string): void {
  draft.use('easel', 'markdownTable')
  const options = job.language === 'zh' ? `, { language: 'zh' }` : ''
  draft.line(
    '',
    `console.log(${literal(`${job.caption}${colon(job)}`)} + '\\n\\n' + markdownTable(${result}${options}))`,
  )
}

/** The result as a file; CSV with the mark by which spreadsheets recognize UTF-8. */
function saveRows(draft: SnippetDraft, output: string, result: string): void {
  if (/\.csv$/i.test(output)) {
    draft.use('papaparse')
    draft.use('node:fs/promises', 'writeFile')
    draft.line(`await writeFile(${literal(output)}, '\\ufeff' + Papa.unparse(${result}))`)
  } else {
    draft.use('easel', 'writeTable')
    draft.line(`await writeTable(${result}, ${literal(output)})`)
  }
}

function sayValue(draft: SnippetDraft, job: QueryJob, rows: string, result: string): void {
  const { shape, language } = job
  const format = formatFunction(draft, language)
  if (shape.type === 'whole') {
    const [measure] = shape.measures
    const value = draft.fresh('value')
    draft.line(
      `const ${value} = ${numberOf(draft, measure!, rows, rows)}`,
      '',
      `console.log(\`${inTemplate(`${job.caption}${colon(job)}`)}${language === 'zh' ? '' : ' '}\${${format}(${value})}\`)`,
    )
    return
  }
  if (shape.type === 'distinct') {
    const names = `\${${result}.map((row) => ${cell('row', shape.column)}).slice(0, 50).join('${language === 'zh' ? '、' : ', '}')}`
    draft.line(
      '',
      language === 'zh'
        ? `console.log(\`${inTemplate(shape.column)} 共有 \${${result}.length} 个不同的值：${names}\`)`
        : `console.log(\`There are \${${result}.length} different values of ${inTemplate(shape.column)}: ${names}\`)`,
    )
    return
  }
  if (job.share) return sayShare(draft, job, result, format)
  if (shape.type === 'change') sayChange(draft, job, result, format)
}

function sayShare(draft: SnippetDraft, job: QueryJob, result: string, format: string): void {
  const labels = shareOf(job)
  if (!labels || job.share?.of === undefined) return printTable(draft, job, result)
  const name =
    job.shape.type === 'groups' ? job.shape.keys[0]!.label : job.shape.type === 'rows' ? job.shape.columns![0]! : ''
  const one = draft.fresh('one')
  const [share, value] = [cell(`${one}?`, labels.share), cell(`${one}?`, labels.value)].map((text) =>
    text.replace('?[', '?.['),
  )
  const of = inTemplate(job.share.of)
  draft.line(
    `const ${one} = ${result}.find((row) => ${cell('row', name)} === ${literal(job.share.of)})`,
    '',
    job.language === 'zh'
      ? `console.log(\`${of}占 ${inTemplate(labels.value)} 总计的 \${${format}(${share})}%：\${${format}(${value})} / \${${format}(total)}\`)`
      : `console.log(\`${of} has \${${format}(${share})}% of the total of ${inTemplate(labels.value)}: \${${format}(${value})} of \${${format}(total)}\`)`,
  )
}

function sayChange(draft: SnippetDraft, job: QueryJob, result: string, format: string): void {
  if (job.shape.type !== 'change') return
  const { times, key } = job.shape
  const row = draft.fresh('one')
  const at = (column: string) => `\${${format}(${cell(row, column)})}`
  const name =
    key === undefined
      ? ''
      : `\${${cell(row, key.column === key.label ? key.label : key.label)}}${job.language === 'zh' ? '：' : ': '}`
  const percent = at(growthLabel(job))
  const [from, to] = [inTemplate(times.from), inTemplate(times.to)]
  const rate = job.shape.annual
    ? job.language === 'zh'
      ? `年均增长率 ${percent}%`
      : `${percent}% per year on average`
    : job.language === 'zh'
      ? `增长率 ${percent}%`
      : `growth of ${percent}%`
  draft.line('')
  draft.block(
    `for (const ${row} of ${result})`,
    () =>
      draft.line(
        `console.log(\`${name}${rate}${job.language === 'zh' ? '，' : ', '}${from} ${at(times.from)} → ${to} ${at(times.to)}\`)`,
      ),
    '',
  )
}

/** The first row in words, and the next ones as a table. */
function sayBest(draft: SnippetDraft, job: QueryJob, result: string): void {
  draft.use('easel', 'markdownTable')
  const { shape, sort, language } = job
  const format = formatFunction(draft, language)
  const best = draft.fresh('best')
  const name = nameColumn(shape, job)
  const by = sort!.by
  const value = cell(`${best}?`, by).replace('?[', '?.[')
  const who = name === undefined ? '' : `\${${cell(`${best}?`, name).replace('?[', '?.[')}}`
  const [en, zh] = sort!.descending ? ['the highest', '最高'] : ['the lowest', '最低']
  const unit = by === growthLabel(job) ? '%' : ''
  const label = inTemplate(by.replace(/ ?\(%\)$/, ''))
  const sentence =
    language === 'zh'
      ? `\`${label}${zh}的是 ${who}：\${${format}(${value})}${unit}\``
      : `\`${who} has ${en} ${label}: \${${format}(${value})}${unit}\``
  draft.line(
    `const [${best}] = ${result}`,
    '',
    `console.log(${sentence})`,
    `console.log('\\n' + markdownTable(${result}.slice(0, 5)${language === 'zh' ? `, { language: 'zh' }` : ''}))`,
  )
}

/** The column of a result with the names of its rows. */
function nameColumn(shape: QueryJob['shape'], job: QueryJob): string | undefined {
  switch (shape.type) {
    case 'groups':
      return shape.keys[0]!.label
    case 'change':
      return shape.key?.label
    case 'years':
      return shape.name
    case 'rows': {
      const texts = (job.table.card.columns ?? []).filter(({ type }) => type === 'text').map(({ name }) => name)
      return shape.columns?.[0] ?? texts.find((name) => /name|姓名|名字|名称|title/i.test(name)) ?? texts[0]
    }
    default:
      return undefined
  }
}

function writeRelation(draft: SnippetDraft, job: QueryJob, rows: string): void {
  if (job.shape.type !== 'relation') return
  const { columns } = job.shape
  draft.use('easel', 'pearson')
  draft.helper(
    'correlationOf',
    `/** Of the rows that have both numbers. */
const correlationOf = (x: string, y: string) => {
  const both = ${rows}.filter((row) => typeof row[x] === 'number' && typeof row[y] === 'number')
  return pearson(both.map((row) => Number(row[x])), both.map((row) => Number(row[y])))
}`,
    true,
  )
  const zh = job.language === 'zh'
  if (columns.length === 2) {
    const [x, y] = columns
    draft.line(
      `const { r, p, n } = correlationOf(${literal(x!)}, ${literal(y!)})`,
      '',
      zh
        ? `console.log(\`${inTemplate(x!)} 与 ${inTemplate(y!)} 的相关系数是 \${r.toFixed(3)}（皮尔逊，n = \${n}，p = \${p.toPrecision(2)}）\`)`
        : `console.log(\`The correlation of ${inTemplate(x!)} and ${inTemplate(y!)} is \${r.toFixed(3)} (Pearson, n = \${n}, p = \${p.toPrecision(2)})\`)`,
    )
    return
  }
  draft.use('easel', 'markdownTable')
  const names = draft.constant('COLUMNS', listLiteral(columns.map(literal)))
  const [first, second, r] = zh ? ['列', '另一列', '相关系数'] : ['column', 'other column', 'correlation']
  const result = draft.fresh('result')
  draft.line(
    `const ${result} = ${names}.flatMap((x, at) =>`,
    `  ${names}.slice(at + 1).map((y) => ({ ${first}: x, ${zh ? second : `'${second}'`}: y, ${r}: correlationOf(x, y).r })),`,
    ')',
    '',
    `console.log(${literal(`${job.caption}${colon(job)}`)} + '\\n\\n' + markdownTable(${result}${zh ? `, { language: 'zh' }` : ''}))`,
  )
}

function writeResultChart(draft: SnippetDraft, job: QueryJob, result: string): void {
  draft.use('easel', 'chart')
  draft.use('node:fs/promises', 'writeFile')
  const { type, title, values } = job.chart!
  const name = nameColumn(job.shape, job) ?? (job.shape.type === 'pivot' ? job.shape.row.label : undefined)
  const text = draft.constant('TITLE', literal(title))
  const names = draft.constant('SERIES', listLiteral(values.map(literal)))
  const series = values.length > 0 ? names : `Object.keys(${result}[0] ?? {}).slice(1)`
  const label = name === undefined ? `(_, at) => at + 1` : `(row) => String(${cell('row', name)})`
  draft.line(
    '',
    `const rowsOf: Record<string, unknown>[] = ${result}`,
    `const png = await chart({
  type: '${type}',
  data: {
    labels: ${result}.map(${label}),
    datasets: ${series}.map((label) => ({ label, data: rowsOf.map((row) => row[label] as number | null) })),
  },
  options: { plugins: { title: { display: true, text: ${text} } } },
})`,
    `await writeFile(${literal(job.output!)}, png)`,
  )
}

/** Declares the function that formats a number for a sentence. */
function formatFunction(draft: SnippetDraft, language: QueryJob['language']): string {
  draft.helper(
    'format',
    `const format = (value: unknown) =>
  typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 2 }) : String(value ?? '${language === 'zh' ? '没有数据' : 'no data'}')`,
  )
  return 'format'
}

function colon({ language }: QueryJob): string {
  return language === 'zh' ? '：' : ':'
}

/** Text inside a template literal. */
function inTemplate(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll(/[\n\r\u2028\u2029]/g, ' ')
}
