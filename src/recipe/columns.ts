// Table columns that a recipe's snippets name: a table without them would give an empty chart and no error.
import type { FileInfo } from '../../sandbox/protocol.ts'
import { analyzeSnippet } from '../snippet/analysis.ts'

/** The columns of the table that occur in the snippets as a whole string, or after a dot. */
export function columnsNamed({ columns = [] }: FileInfo, codes: readonly string[]): string[] {
  if (columns.length === 0) return []
  const named = new Set(codes.flatMap(columnCandidates))
  return columns.map(({ name }) => name).filter((name) => name !== '' && named.has(name))
}

/** A sentence on the `wanted` columns that a table lacks; undefined if none is missing or the file is not a table. */
export function columnProblem({ columns }: FileInfo, wanted: readonly string[]): string | undefined {
  const there = columns?.map(({ name }) => name)
  const missing = there && wanted.filter((name) => !there.includes(name))
  if (!there || !missing || missing.length === 0) return undefined
  const many = missing.length > 1
  return `It has no ${many ? 'columns' : 'column'} ${listed(missing)}, which the recipe reads; it has ${listed(there)}.`
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => JSON.stringify(name))
  return shown.join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '')
}

/** Whole strings, and member names such as `units` in `row.units`, without those of built-in objects. */
function columnCandidates(code: string): string[] {
  const { literals, members } = analyzeSnippet(code)
  const strings = literals.flatMap((parts) => (parts.length === 1 ? (parts[0] ?? '') : []))
  return [...strings, ...members.filter((name) => !COMMON.some((shape) => name in shape))]
}

const COMMON: readonly object[] = [Array.prototype, String.prototype, Map.prototype, Promise.prototype, Math, JSON]
