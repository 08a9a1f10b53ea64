// The columns that a plain PIVOT reads, which DuckDB's parser does not take apart: with GROUP BY only those that it names.

/** Words, names in quotes, texts, numbers and the marks between them; anything else, comments too, is not understood. */
const TOKEN =
  /\s+|([\p{L}_][\p{L}\p{M}\p{N}_]*)|"((?:[^"]|"")*)"|'(?:[^']|'')*'|\d+(?:\.\d+)?|\|\||[-+/%](?![-*])|[(),.=<>;]/uy

const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'/g

/** What brings in columns that are not named, or another table. */
const OTHER = new Set(
  'select from values with join unpivot columns all natural exclude replace rename table describe summarize show lambda'.split(
    ' ',
  ),
)

/**
 * Words of `pivot table on … group by …` in lower case, among them all columns that it reads; undefined for any other query,
 * since without GROUP BY all other columns are grouped by, and for one in which the table's name stands for a row.
 */
export function pivotWords(query: string): string[] | undefined {
  const words = wordsOf(query)
  const [first, table = '', on] = words ?? []
  if (!words || first !== 'pivot' || on !== 'on') return undefined
  const isGrouped = /\bgroup\s+by\b/i.test(query.replaceAll(QUOTED, ' '))
  const rest = words.slice(2)
  const isPlain = !rest.some((word) => word === table || word === 'pivot' || OTHER.has(word))
  return isGrouped && isPlain ? rest : undefined
}

function wordsOf(query: string): string[] | undefined {
  const words: string[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < query.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(query)
    if (!token) return undefined
    const [, word, quoted] = token
    if (word !== undefined || quoted !== undefined)
      words.push((word ?? quoted?.replaceAll('""', '"') ?? '').toLowerCase())
  }
  return words
}
