// What is said of a cell that reached one of its bounds in time, by either side of the process wall.

/** Processor time, time on the clock, or the time without any sign of work. */
export type TimeLimit = 'cpu' | 'wall' | 'stalled'

/** The bounds of one cell, milliseconds each. */
export interface CellTime {
  /** Processor time of the sandbox's processes. */
  readonly timeoutMs: number
  readonly wallMs: number
}

const CODES = { cpu: 'EASEL_TIMEOUT', wall: 'EASEL_WALL', stalled: 'EASEL_STALLED' } as const

/** Longer than any disk needs to answer. */
export const MAX_STALL_MS = 10_000
const MIN_STALL_MS = 2000

/** For so long a cell may neither compute nor wait for a processor or a disk. */
export function stallMs({ timeoutMs }: CellTime): number {
  return Math.max(MIN_STALL_MS, Math.min(timeoutMs, MAX_STALL_MS))
}

/** The code and the sentence of a cell that reached `limit` when it had used `cpuMs` of processor time. */
export function timeLimitReached(limit: TimeLimit, bounds: CellTime, cpuMs: number): { code: string; message: string } {
  return { code: CODES[limit], message: SENTENCES[limit](bounds, seconds(Math.round(cpuMs / 100) * 100)) }
}

const SENTENCES: Readonly<Record<TimeLimit, (bounds: CellTime, used: string) => string>> = {
  cpu: ({ timeoutMs }) => `The cell used up its limit of ${seconds(timeoutMs)} of processor time. Do less in one cell.`,
  wall: ({ wallMs }, used) =>
    `The cell did not end within ${seconds(wallMs)}, in which it got ${used} of processor time: the machine is busy. Do less in one cell, or try again later.`,
  stalled: (bounds) =>
    `The cell did nothing for ${seconds(stallMs(bounds))} and would have waited for ever. Run it again; if it comes to the same, do it in another way.`,
}

function seconds(ms: number): string {
  return `${ms / 1000} s`
}
