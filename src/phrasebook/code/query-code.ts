// Writes the code that answers a question about a table: the result's rows, in order, as a sentence, a table or a file.
import type { QueryJob } from '../jobs/job.ts'
import { conditionOn, cell, key } from './cells.ts'
import type { SnippetDraft } from './draft.ts'
import { readRows } from './group-code.ts'
import { writeAnswer } from './query-answer.ts'
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

/** The name of the column of growth. */
export function growthLabel({ language }: Pick<QueryJob, 'language'>): string {
  return language === 'zh' ? '增长率(%)' : 'growth (%)'
}

/** Declares the function for the growth in percent between two numbers. */
export function growthHelper(draft: SnippetDraft): void {
  draft.helper(
    'growthOf',
    `/** In percent; null where a number is missing. */
const growthOf = (from: unknown, to: unknown) =>
  typeof from === 'number' && typeof to === 'number' && from !== 0 ? (100 * (to - from)) / Math.abs(from) : null`,
  )
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

/** The columns with the numbers and with their shares. */
export function shareOf({ shape, language }: QueryJob): { readonly value: string; readonly share: string } | undefined {
  const share = language === 'zh' ? '占比(%)' : 'share (%)'
  if (shape.type === 'groups') return { value: shape.measures[0]!.label, share }
  const last = shape.type === 'rows' ? shape.columns?.at(-1) : undefined
  return last === undefined ? undefined : { value: last, share }
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

/** The call that sorts rows: missing numbers come last. */
export function sorting({ by, descending, isText }: NonNullable<QueryJob['sort']>): string {
  if (isText) {
    const [a, b] = descending ? ['b', 'a'] : ['a', 'b']
    return `.toSorted((a, b) => String(${cell(a, by)} ?? '').localeCompare(String(${cell(b, by)} ?? ''), 'en', { numeric: true }))`
  }
  if (descending)
    return `.toSorted((a, b) => Number(${cell('b', by)} ?? -Infinity) - Number(${cell('a', by)} ?? -Infinity))`
  return `.toSorted((a, b) => Number(${cell('a', by)} ?? Infinity) - Number(${cell('b', by)} ?? Infinity))`
}
