// Measures that do not depend on other programs, as wall-clock time does: this thread's processor time, and turns of
// its event loop.

/** Milliseconds of processor time that the work takes on this thread. */
export function cpuMsOf(work: () => unknown): number {
  const start = process.threadCpuUsage()
  work()
  return spentSince(start)
}

export interface Loop {
  /** The most milliseconds of processor time between two turns of the event loop. */
  readonly longest: number
  /** How often its timer fired. */
  readonly ticks: number
}

/** Watches the event loop while the work runs. */
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

/** Turns of the event loop until the work is settled; work that waits for a timer takes millions. */
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
 * "At once", in turns of the event loop. Two thousand were seen when a thread that removes a file waited for a
 * processor; this many take a fifth of a second of processor time, and work that waits for a timer waits five seconds
 * or more.
 */
export const AT_ONCE = 200_000

function spentSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}
