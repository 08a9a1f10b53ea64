// What an upload is, as the child that holds it says: a reader of hostile files belongs behind the process wall.
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { TimeBounds } from '../process-watch/time-watch.ts'
import type { Child } from './child.ts'
import { askChild, type Unanswered } from './child-query.ts'

/** To read a file's head and decode it once, small; a child that is busy with others' work gets the rest. */
const DESCRIBE = { cpuMs: 10_000, wallMs: 40_000 }

function boundsOf({ timeoutMs }: Limits): TimeBounds {
  return { ...DESCRIBE, cpuMs: Math.min(timeoutMs, DESCRIBE.cpuMs) }
}

/** Asks the child for the card of a mounted file; `id` is new each time. A child that cannot tell is killed. */
export function describeFile(child: Child, id: number, name: string, limits: Limits): Promise<FileInfo | Unanswered> {
  return askChild(child, { type: 'describe', id, name }, boundsOf(limits), (report) =>
    report.type === 'card' && report.id === id ? report.card : undefined,
  )
}

/** The card of a file that nobody could look at: it is called broken only where its reader died of it. */
export function uninspectedInfo(bytes: number, { why }: Unanswered, limits: Limits): FileInfo {
  const kind = why === 'busy' || why === 'heavy' ? 'other' : 'broken'
  return { kind, mime: 'application/octet-stream', bytes, problem: PROBLEMS[why](boundsOf(limits).cpuMs), cause: why }
}

const PROBLEMS: Readonly<Record<Unanswered['why'], (cpuMs: number) => string>> = {
  busy: () => 'It was not looked at: the machine is busy. Add it again when there is less to do.',
  heavy: (cpuMs) => `It was not looked at: that takes more than ${cpuMs / 1000} s of processor time.`,
  memory: () => 'It could not be read: the reader ran out of memory.',
  stalled: () => 'It could not be read: the reader stood still.',
  crashed: () => 'It could not be read: the reader crashed.',
}
