// Asks the child for a window of a table, and reads it as untrusted.
import type { Limits } from '../../sandbox/limits.ts'
import type { Report } from '../../sandbox/protocol.ts'
import { MAX_WINDOW_CELLS, type TableQuery, type TableWindow } from '../../sandbox/table-protocol.ts'
import type { Child } from './child.ts'
import { queryChild, type QueryFailure } from './child-query.ts'

/** A window, or a sentence that says why there is none. */
export type TableAnswer = { readonly window: TableWindow } | NoTable

/** `why`: what became of the reader; unset where the file itself is the reason. */
interface NoTable {
  readonly problem: string
  readonly why?: QueryFailure['why']
}

type Answer = Omit<Extract<Report, { type: 'table' }>, 'type' | 'id'>

/** Enough to read the largest file that fits into memory once, on a busy machine too. */
const READ = { cpuMs: 30_000, wallMs: 150_000 }

/** Asks the child for rows of a mounted file; `id` is new each time. A child that gives no answer is killed. */
export async function requestTable(
  child: Child,
  id: number,
  { name, query }: { readonly name: string; readonly query: TableQuery },
  limits: Limits,
  signal?: AbortSignal,
): Promise<TableAnswer | QueryFailure> {
  const bounds = { ...READ, cpuMs: Math.min(limits.timeoutMs, READ.cpuMs) }
  const read = (report: Report): Answer | undefined =>
    report.type === 'table' && report.id === id ? report : undefined
  const answer = await queryChild(child, { type: 'table', id, name, query }, bounds, read, signal)
  if ('why' in answer) return answer
  const { window, problem } = answer
  if (window && fits(window, query)) return { window }
  if (!window && problem !== undefined) return { problem }
  child.killForViolation()
  await child.gone
  return { why: 'crashed' }
}

/** Whether the answer is one to the question: the page relies on the sizes. */
function fits({ columns, rows, from, matching, total }: TableWindow, query: TableQuery): boolean {
  const width = columns.length
  return (
    matching <= total &&
    from <= matching &&
    rows.length <= Math.min(query.count, matching - from) &&
    rows.length * width <= Math.max(width, MAX_WINDOW_CELLS) &&
    rows.every((row) => row.length === width)
  )
}

/** Why a table could not be read, in a sentence. */
export function describeUnread(name: string, { why }: QueryFailure): NoTable {
  return { problem: `${JSON.stringify(name)} could not be shown as a table: ${REASONS[why]}`, why }
}

const REASONS: Readonly<Record<QueryFailure['why'], string>> = {
  busy: 'the machine is busy. Try again later.',
  heavy: 'reading it takes too long. Ask for the rows and columns that you need as a smaller file.',
  memory: 'it does not fit into memory. Ask for the rows and columns that you need as a smaller file.',
  stalled: 'its reader stopped responding. Try again.',
  crashed: 'its reader crashed. Ask for the rows and columns that you need as a smaller file.',
}
