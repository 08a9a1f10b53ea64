// Asks the child what kind of file an upload is: hostile files are parsed behind the process wall only.
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { TimeBounds } from '../process-watch/time-watch.ts'
import type { Child } from './child.ts'
import { queryChild, type QueryFailure } from './child-query.ts'

/** Enough to read a file's head and decode it once at a small size, on a busy machine too. */
const DESCRIBE = { cpuMs: 10_000, wallMs: 40_000 }

function boundsOf({ timeoutMs }: Limits): TimeBounds {
  return { ...DESCRIBE, cpuMs: Math.min(timeoutMs, DESCRIBE.cpuMs) }
}

/** Asks the child for a mounted file's info; `id` is new each time. A child that gives no answer is killed. */
export function describeFile(child: Child, id: number, name: string, limits: Limits): Promise<FileInfo | QueryFailure> {
  return queryChild(child, { type: 'describe', id, name }, boundsOf(limits), (report) =>
    report.type === 'card' && report.id === id ? report.card : undefined,
  )
}

/** The info of a file that could not be inspected: it is `broken` only if its reader died of it. */
export function uninspectedInfo(bytes: number, { why }: QueryFailure, limits: Limits): FileInfo {
  const kind = why === 'busy' || why === 'heavy' ? 'other' : 'broken'
  return { kind, mime: 'application/octet-stream', bytes, problem: PROBLEMS[why](boundsOf(limits).cpuMs), cause: why }
}

const PROBLEMS: Readonly<Record<QueryFailure['why'], (cpuMs: number) => string>> = {
  busy: () => 'It was not inspected: the machine is busy. Add it again later.',
  heavy: (cpuMs) => `It was not inspected: that takes more than ${cpuMs / 1000} s of processor time.`,
  memory: () => 'It could not be read: the reader ran out of memory.',
  stalled: () => 'It could not be read: the reader stopped responding.',
  crashed: () => 'It could not be read: the reader crashed.',
}
