// Writes the code that answers a question about a table: the result's rows, in order, as a sentence, a table or a file.
import type { QueryJob } from '../jobs/query/query.ts'
import { conditionOn, cell, key } from './cells.ts'
import type { SnippetDraft } from './draft.ts'
import { readRows } from './group-code.ts'
import { writeAnswer } from './query-answer.ts'
import { growthHelper, growthLabel, shareOf, sorting } from './query-parts.ts'
import { writeResult } from './query-result.ts'

/** A question about a table. */
export function writeQuery(draft: SnippetDraft, job: QueryJob): void {
  const rows = readRows(draft, job)
  if (job.shape.type === 'relation' || (job.shape.type === 'whole' && job.answer === 'value')) {
    writeAnswer(draft, job, rows, rows)
    return
  }
  const result = draft.fresh('result')
  writeResult(draft, job, rows, result)
  writeAnswer(draft, job, rows, orderedResult(draft, job, shared(draft, job, grown(draft, job, result))))
}

/** Adds the growth from each row to the next. */
function grown(draft: SnippetDraft, job: QueryJob, result: string): string {
  if (!job.growth || (job.shape.type !== 'groups' && job.shape.type !== 'years')) return result
  const label = job.shape.type === 'groups' ? job.shape.measures[0]!.label : job.shape.measure!.label
  growthHelper(draft)
  const [grownRows, sorted] = [draft.fresh('growth'), draft.fresh('inOrder')]
  const time = job.shape.type === 'groups' ? job.shape.keys[0]!.label : undefined
  if (time !== undefined)
    draft.line(
      `const ${sorted} = ${result}.toSorted((a, b) => String(${cell('a', time)}).localeCompare(String(${cell('b', time)}), 'en', { numeric: true }))`,
    )
  const from = time === undefined ? result : sorted
  draft.block(
    `const ${grownRows} = ${from}.map((row, at) => ({`,
    () =>
      draft.line(
        '...row,',
        `${key(growthLabel(job))}: growthOf(${cell(`${from}[at - 1]?`, label).replace('?[', '?.[')}, ${cell('row', label)}),`,
      ),
    '}))',
  )
  return grownRows
}

/** Adds each row's share of the total. */
function shared(draft: SnippetDraft, job: QueryJob, result: string): string {
  const labels = shareOf(job)
  if (!job.share || labels === undefined) return result
  const [total, shares] = [draft.fresh('total'), draft.fresh('shares')]
  const number = `Number(${cell('row', labels.value)} ?? 0)`
  draft.line(
    `const ${total} = ${result}.reduce((sum, row) => sum + ${number}, 0)`,
    `const ${shares} = ${result}.map((row) => ({ ...row, ${key(labels.share)}: (100 * ${number}) / ${total} }))`,
  )
  return shares
}

/** Filters, sorts and cuts the result; returns the expression of it. */
function orderedResult(draft: SnippetDraft, job: QueryJob, result: string): string {
  const { having, sort, top, tail } = job
  const calls = [
    ...having.map((condition) => `.filter((row) => ${conditionOn('row', condition)})`),
    ...(sort && job.shape.type !== 'rows' ? [sorting(sort)] : []),
    ...(job.answer === 'best' || top === undefined || job.shape.type === 'rows'
      ? []
      : [`.slice(0, ${draft.constant('TOP_ROWS', top)})`]),
    ...(tail === undefined || job.shape.type === 'rows' ? [] : [`.slice(-${tail})`]),
  ]
  if (calls.length === 0) return result
  const ordered = draft.fresh('ordered')
  draft.line(`const ${ordered} = ${result}${calls.join('')}`)
  return ordered
}
