// How a cell ended, in a status, a stable code and a sentence.
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
  /** Top-level names that stay; none of a cell that did not end ok. */
  readonly names: readonly string[]
}

/** The end of a cell that could not begin. */
export function refused({ code, message, line, column }: CellError): Outcome {
  // `crashed` makes the near side start another process.
  return { status: code === 'EASEL_UNREADABLE' ? 'crashed' : 'rejected', code, message, line, column, names: [] }
}

/** The end of a cell that waits for what cannot come. */
export const NEVER = {
  status: 'threw',
  code: 'EASEL_NEVER_SETTLED',
  message: 'The cell awaits a promise that nothing will settle: no operation and no timer is left.',
  names: [],
} as const satisfies Outcome

/** The end of a cell whose isolate used up its memory. */
export function outOfMemory(memoryBytes: number): Outcome {
  return { status: 'memory', code: 'EASEL_MEMORY', message: memoryMessage(memoryBytes), names: [] }
}

/** The end of a cell whose time was up. */
export function outOfTime(limit: TimeLimit, bounds: CellTime, cpuMs: number): Outcome {
  return { status: 'timeout', ...timeLimitReached(limit, bounds, cpuMs), names: [] }
}

function memoryMessage(bytes: number): string {
  const limit = `${Math.round(bytes / 1_048_576).toLocaleString('en-US')} MB`
  return `The cell used more memory than the sandbox has, ${limit}. Work on less at a time, or on smaller pictures.`
}

/** What the guest would say of a rejection that nobody handled: isolated-vm reports it with its message alone. */
export function unhandled(message: string): string {
  return JSON.stringify({ name: 'Unhandled rejection', message, stack: '' })
}

const short = z.string().check(z.maxLength(8000))
const flat = z.object({
  name: short,
  message: short,
  stack: short,
  code: z.optional(z.string().check(z.maxLength(60))),
})

/** The guest's word on what was thrown; whatever else it says is one sentence. */
function readThrown(json: string): z.infer<typeof flat> {
  const unreadable = { name: 'Error', message: 'What the cell threw cannot be shown.', stack: '' }
  if (json.length > 100_000) return unreadable
  try {
    return flat.parse(JSON.parse(json))
  } catch {
    return unreadable
  }
}

/** The end of a cell that threw: `json` is the guest's word on what; `limits` are the codes of those it reached. */
export function failed(json: string, script: CellScript, limits: ReadonlySet<string>): Outcome {
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
