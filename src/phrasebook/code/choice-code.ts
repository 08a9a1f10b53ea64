// Writes the code that filters the rows a request names; the code throws if a name does not occur.
import type { RowFilter } from '../jobs/job.ts'
import type { Language } from '../parsing/language.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'

/** Synonyms for values that tables write in many ways. */
const SAME: readonly (readonly string[])[] = [
  ['female', 'females', 'woman', 'women', 'f', '女', '女性', '女人', '女士'],
  ['male', 'males', 'man', 'men', 'm', '男', '男性', '男人', '男士'],
]

/** Writes the filter for the rows in `all`; returns the variable of the remaining ones. */
export function writeChoice(draft: SnippetDraft, choice: RowFilter, all: string, language: Language): string {
  const chosen = draft.fresh('chosen')
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
