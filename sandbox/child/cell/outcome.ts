// How a cell ended: a status, a stable code and a message.
import * as z from 'zod/mini'
import type { CellError, CellScript } from './script.ts'
import type { CellStatus } from '../../protocol.ts'
import { timeLimitReached, type CellTime, type TimeLimit } from '../../time-limit.ts'

export interface Outcome {
  readonly status: CellStatus
  readonly code?: string
  readonly message?: string
  readonly line?: number
  readonly column?: number
  /** Top-level names that stay; empty unless the cell ended ok. */
  readonly names: readonly string[]
}

/** The outcome of a cell that could not start. */
export function rejectedOutcome({ code, message, line, column }: CellError): Outcome {
  // `crashed` makes the near side start a new process.
  return { status: code === 'EASEL_UNREADABLE' ? 'crashed' : 'rejected', code, message, line, column, names: [] }
}

/** The outcome of a cell that awaits something that can never settle. */
export const NEVER_SETTLED = {
  status: 'threw',
  code: 'EASEL_NEVER_SETTLED',
  message: 'The cell awaits a promise that nothing will settle: no operation and no timer is left.',
  names: [],
} as const satisfies Outcome

/** The outcome of a cell whose isolate ran out of memory. */
export function memoryOutcome(memoryBytes: number): Outcome {
  return { status: 'memory', code: 'EASEL_MEMORY', message: memoryMessage(memoryBytes), names: [] }
}

/** The outcome of a cell that ran out of time. */
export function timeoutOutcome(limit: TimeLimit, bounds: CellTime, cpuMs: number): Outcome {
  return { status: 'timeout', ...timeLimitReached(limit, bounds, cpuMs), names: [] }
}

function memoryMessage(bytes: number): string {
  const limit = `${Math.round(bytes / 1_048_576).toLocaleString('en-US')} MB`
  return `The cell used more memory than the sandbox has, ${limit}. Work on less at a time, or on smaller pictures.`
}

/** The guest's description of an unhandled rejection; isolated-vm reports only its message. */
export function describeUnhandled(message: string): string {
  return JSON.stringify({ name: 'Unhandled rejection', message, stack: '' })
}

const short = z.string().check(z.maxLength(8000))
const thrownSchema = z.object({
  name: short,
  message: short,
  stack: short,
  code: z.optional(z.string().check(z.maxLength(60))),
})

/** Validates the guest's description of what was thrown; anything malformed becomes a generic error. */
function readThrown(json: string): z.infer<typeof thrownSchema> {
  const unreadable = { name: 'Error', message: 'What the cell threw cannot be shown.', stack: '' }
  if (json.length > 100_000) return unreadable
  try {
    return thrownSchema.parse(JSON.parse(json))
  } catch {
    return unreadable
  }
}

/** The outcome of a cell that threw; `json`: the guest's description, `limits`: codes of the limits it reached. */
export function thrownOutcome(json: string, script: CellScript, limits: ReadonlySet<string>): Outcome {
  const { name, message, stack, code } = readThrown(json)
  const place = new RegExp(`${script.filename.replace('.', '\\.')}:(\\d+):(\\d+)`).exec(stack)
  const line = place ? Number(place[1]) : undefined
  const column = place && line !== undefined ? script.shift(line, Number(place[2])) : undefined
  const isLimit = code !== undefined && (limits.has(code) || code.startsWith('EASEL_LIMIT_'))
  return {
    status: isLimit ? 'limit' : 'threw',
    code: code ?? 'EASEL_THREW',
    message: isLimit ? message : `${name}: ${message}`,
    ...(line === undefined ? {} : { line, column }),
    names: [],
  }
}
