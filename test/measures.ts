// What tests measure instead of time on a clock, which runs on while other programs have the processor: processor time of
// this thread, and turns of its event loop.

/** Milliseconds of processor time that the work takes of this thread. */
export function cpuMsOf(work: () => unknown): number {
  const start = process.threadCpuUsage()
  work()
  return spentSince(start)
}

export interface Loop {
  /** The most milliseconds of processor time between two turns of the event loop. */
  readonly longest: number
  /** How often its timer came. */
  readonly ticks: number
}

/** Watches the event loop while the work is under way. */
export async function watchLoop<T>(work: () => Promise<T>): Promise<Loop & { readonly value: T }> {
  let longest = 0
  let ticks = 0
  let last = process.threadCpuUsage()
  const tick = (): void => {
    ticks++
    longest = Math.max(longest, spentSince(last))
    last = process.threadCpuUsage()
  }
  const timer = setInterval(tick, 5)
  try {
    const value = await work()
    tick()
    return { value, longest, ticks }
  } finally {
    clearInterval(timer)
  }
}

/** Turns of the event loop until the work is settled; what waits for a clock takes millions. */
export async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let settled = false
  const settle = (): void => void (settled = true)
  work.then(settle, settle)
  for (let turns = 0; ; turns++) {
    if (settled) return turns
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/**
 * "At once", in turns of the event loop. Two thousand were seen where a thread that removes a file waited for a processor;
 * this many take a fifth of a second of processor time, and what waits for a clock waits for five seconds and more.
 */
export const AT_ONCE = 200_000

function spentSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}
