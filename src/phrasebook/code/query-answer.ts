// Writes how the result of a question is told: in a sentence, as a Markdown table, as a chart, or as a file.
import type { QueryJob } from '../jobs/query/query.ts'
import { cell } from './cells.ts'
import { literal, type SnippetDraft } from './draft.ts'
import { growthLabel, numberOf, shareOf } from './query-parts.ts'
import { writeRelation, writeResultChart } from './query-figures.ts'
import { captionLine, colon, formatFunction, inTemplate, nameColumn } from './query-words.ts'

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
  draft.line('', `console.log(${captionLine(job)} + markdownTable(${result}${options}))`)
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
  if (shape.type === 'distinct') return sayDistinct(draft, job, shape.column, result)
  if (job.share) return sayShare(draft, job, result, format)
  if (shape.type === 'change') sayChange(draft, job, result, format)
}

/** How many values there are, and all of them with their rows. */
function sayDistinct(draft: SnippetDraft, job: QueryJob, column: string, result: string): void {
  draft.use('easel', 'markdownTable')
  const name = inTemplate(column)
  draft.line(
    '',
    job.language === 'zh'
      ? `console.log(\`${name} 共有 \${${result}.length} 个不同的值：\\n\\n\` + markdownTable(${result}, { language: 'zh' }))`
      : `console.log(\`There are \${${result}.length} different values of ${name}:\\n\\n\` + markdownTable(${result}))`,
  )
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
      : `console.log(\`${of} has \${${format}(${share})}% of ${inTemplate(totalOf(labels.value))}: \${${format}(${value})} of \${${format}(total)}\`)`,
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

/** "Total sales", or the total of a column. */
function totalOf(label: string): string {
  return label.startsWith('total ') ? label : `the total of ${label}`
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
