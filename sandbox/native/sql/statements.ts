// Which statements may run: one that only reads. DuckDB's own parser decides; nothing here reads SQL by itself, except its
// first words.
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import type { QueryFacts } from '../../helpers/sql/wire.ts'
import { readFacts } from './query-facts.ts'
import type { QueryTrees } from './query-tree.ts'

const READING = new Set(
  'select with from describe desc summarize pivot unpivot pivot_wider pivot_longer explain values show table'.split(
    ' ',
  ),
)
const REFUSED =
  'sql runs one statement that only reads: SELECT, WITH, FROM, VALUES, PIVOT, UNPIVOT, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN of one'

/** DuckDB's numbers of statement types (duckdb.h). */
const SELECT = 1
const EXPLAIN = 4
const CREATE = 7

/** Prepares the statement of a query. Throws if there is none, are several, or it is one that changes something. */
export async function prepareQuery(connection: DuckDBConnection, query: string): Promise<DuckDBPreparedStatement> {
  const words = firstWords(query)
  if (words.length === 0) throw new Error(`${REFUSED}. The query is empty.`)
  refuseUnlessReading(words)
  const statements = await connection.extractStatements(query)
  // A PIVOT over values that are not listed is several statements: types made of its values, then what reads.
  for (let i = 0; i < statements.count - 1; i++) {
    const first = await statements.prepare(i)
    if (typeOf(first) !== CREATE) throw new Error(`${REFUSED}. The query has ${statements.count} statements.`)
    await first.run()
    first.destroySync()
  }
  const last = await statements.prepare(statements.count - 1)
  if (typeOf(last) !== SELECT && typeOf(last) !== EXPLAIN)
    throw new Error(`${REFUSED}. This one is ${words[0]?.toUpperCase()} with a statement that changes something.`)
  if (typeOf(last) === EXPLAIN) await checkExplained(connection, query, words)
  return last
}

/** DuckDB's number of the type of a statement. */
function typeOf(statement: DuckDBPreparedStatement): number {
  return statement.statementType
}

function refuseUnlessReading(words: readonly string[]): void {
  const [first = ''] = words
  if (!READING.has(first)) throw new Error(`${REFUSED}. This one begins with ${first.toUpperCase().slice(0, 40)}.`)
  if (first !== 'explain') return
  const explained = words[words[1] === 'analyze' ? 2 : 1]
  if (explained === undefined || !READING.has(explained))
    throw new Error(`${REFUSED}. EXPLAIN takes only a statement that reads.`)
}

/** EXPLAIN ANALYZE runs what it explains, so that must be a statement that reads too. */
async function checkExplained(connection: DuckDBConnection, query: string, words: readonly string[]): Promise<void> {
  const skipped = words[1] === 'analyze' ? 2 : 1
  const inner = query.slice(wordEnd(query, skipped))
  const explained = await prepareQuery(connection, inner)
  const type = typeOf(explained)
  explained.destroySync()
  if (type !== SELECT) throw new Error(`${REFUSED}.`)
}

/** White space, comments and opening brackets before a word. */
const BEFORE = /(?:\s|--[^\n]*(?:\n|$)|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\()*/y

/** The first three words in lower case. */
function firstWords(query: string): string[] {
  const words: string[] = []
  for (let n = 1; n <= 3; n++) {
    const end = wordEnd(query, n)
    const word = /\w+$/.exec(query.slice(Math.max(0, end - 40), end))?.[0]
    if (word === undefined || wordEnd(query, n - 1) === end) break
    words.push(word.toLowerCase())
  }
  return words
}

/** Where the first `n` words end. */
function wordEnd(query: string, n: number): number {
  let at = 0
  for (let i = 0; i < n; i++) {
    BEFORE.lastIndex = at
    BEFORE.exec(query)
    const start = BEFORE.lastIndex
    const length = /^\w+/.exec(query.slice(start, start + 40))?.[0].length ?? 0
    if (length === 0) return at
    at = start + length
  }
  return at
}

/** What a query reads; undefined for a statement that DuckDB cannot take apart, such as PIVOT. */
export async function factsOf(trees: QueryTrees, query: string): Promise<QueryFacts | undefined> {
  const words = firstWords(query)
  const skipped = words[0] === 'explain' ? (words[1] === 'analyze' ? 2 : 1) : 0
  return readFacts(JSON.parse(await trees.serialize(skipped === 0 ? query : query.slice(wordEnd(query, skipped)))))
}
