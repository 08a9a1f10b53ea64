// Words of answers inside snippets: the caption, names of rows, formatted numbers, and text that no template can break.
import type { QueryJob } from '../jobs/query/query.ts'
import { literal, type SnippetDraft } from './draft.ts'

/** The caption before a table, as an expression. */
export function captionLine(job: QueryJob): string {
  return `${literal(`${job.caption}${colon(job)}`)} + '\\n\\n'`
}

/** The column of a result with the names of its rows. */
export function nameColumn(shape: QueryJob['shape'], job: QueryJob): string | undefined {
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

/** Declares the function that formats a number for a sentence. */
export function formatFunction(draft: SnippetDraft, language: QueryJob['language']): string {
  draft.helper(
    'format',
    `const format = (value: unknown) =>
  typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 2 }) : String(value ?? '${language === 'zh' ? '没有数据' : 'no data'}')`,
  )
  return 'format'
}

/** A colon in the language of the answer. */
export function colon({ language }: QueryJob): string {
  return language === 'zh' ? '：' : ':'
}

/** Text inside a template literal. */
export function inTemplate(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll(/[\n\r\u2028\u2029]/g, ' ')
}
