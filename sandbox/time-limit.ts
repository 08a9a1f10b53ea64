// The error for a cell that reached one of its time limits, shared by both sides of the process wall.

/** Processor time, wall-clock time, or time without any sign of work. */
export type TimeLimit = 'cpu' | 'wall' | 'stalled'

/** The time limits of one cell, in milliseconds. */
export interface CellTime {
  /** Processor time of all the sandbox's processes. */
  readonly timeoutMs: number
  readonly wallMs: number
}

const CODES = { cpu: 'EASEL_TIMEOUT', wall: 'EASEL_WALL', stalled: 'EASEL_STALLED' } as const

/** Longer than any disk takes to answer. */
export const MAX_STALL_MS = 10_000
const MIN_STALL_MS = 2000

/** How long a cell may neither compute nor wait for a processor or a disk. */
export function stallMs({ timeoutMs }: CellTime): number {
  return Math.max(MIN_STALL_MS, Math.min(timeoutMs, MAX_STALL_MS))
}

/** The code and the message for a cell that reached `limit` after `cpuMs` of processor time. */
export function timeLimitReached(limit: TimeLimit, bounds: CellTime, cpuMs: number): { code: string; message: string } {
  return { code: CODES[limit], message: SENTENCES[limit](bounds, seconds(Math.round(cpuMs / 100) * 100)) }
}

const SENTENCES: Readonly<Record<TimeLimit, (bounds: CellTime, used: string) => string>> = {
  cpu: ({ timeoutMs }) => `The cell used up its limit of ${seconds(timeoutMs)} of processor time. Do less in one cell.`,
  wall: ({ wallMs }, used) =>
    `The cell did not finish within ${seconds(wallMs)} and got ${used} of processor time in it: the machine is busy. Do less in one cell, or try again later.`,
  stalled: (bounds) =>
    `The cell did nothing for ${seconds(stallMs(bounds))} and would have waited forever. Run it again; if that happens again, do it another way.`,
}

function seconds(ms: number): string {
  return `${ms / 1000} s`
}
