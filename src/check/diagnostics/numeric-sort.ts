// Finds numbers that are sorted as text (10 before 9), which neither the compiler nor Node reports.
import type { CellFacts } from '../type-checker/language-server.ts'
import type { SnippetText } from './snippet-text.ts'

/** Sorts that are checked; each takes one request to the language server. */
const MAX_SORTS = 10

/** One note for each `sort()` or `toSorted()` of numbers without a comparator. */
export async function findNumericSorts(text: SnippetText, facts: CellFacts): Promise<string[]> {
  const { tokens } = text
  const sorts = tokens.flatMap(({ text: name }, i) => {
    const isBare = tokens[i - 1]?.text === '.' && tokens[i + 1]?.text === '(' && tokens[i + 2]?.text === ')'
    return isBare && (name === 'sort' || name === 'toSorted') ? [tokens[i]!] : []
  })
  const found: string[] = []
  for (const token of sorts.slice(0, MAX_SORTS)) {
    const place = text.placeOf(token)
    const method = /^\(method\) Array<number(?: \| undefined)?>\.(?:sort|toSorted)\(/
    if (!method.test(await facts.description(place))) continue
    found.push(
      `line ${place.line + 1}: ${token.text}() sorts numbers as text, 10 before 9; give it an order: ${token.text}((a, b) => a - b).`,
    )
  }
  return found
}
