// Parts of snippets that several steps of a question share: aggregates, growth, shares, the call that sorts.
import type { Measure, QueryJob } from '../jobs/query/query.ts'
import { cell } from './cells.ts'
import { literal, type SnippetDraft } from './draft.ts'
import { aggregateFunction } from './group-code.ts'

/** The expression of an aggregate of a group's rows. */
export function numberOf(draft: SnippetDraft, { column, aggregate }: Measure, group: string, rows: string): string {
  if (column === undefined) return `${group}.length`
  return `${aggregateFunction(draft, aggregate, rows)}(${group}, ${literal(column)})`
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

/** The columns with the numbers and with their shares. */
export function shareOf({ shape, language }: QueryJob): { readonly value: string; readonly share: string } | undefined {
  const share = language === 'zh' ? '占比(%)' : 'share (%)'
  if (shape.type === 'groups') return { value: shape.measures[0]!.label, share }
  const last = shape.type === 'rows' ? shape.columns?.at(-1) : undefined
  return last === undefined ? undefined : { value: last, share }
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
