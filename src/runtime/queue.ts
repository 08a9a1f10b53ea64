// Work that must not overlap, one after another in the order it came.

export interface Queue {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when it is the caller's turn; what it gives ends the turn. */
  enter(): Promise<() => void>
  /** Something is under way. */
  readonly busy: boolean
  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void>
}

export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve()
  let under = 0

  const enter = async (): Promise<() => void> => {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    under++
    await before
    return () => {
      under--
      resolve()
    }
  }
  return {
    get busy() {
      return under > 0
    },
    enter,
    async run(work) {
      const leave = await enter()
      return work().finally(leave)
    },
    async idle() {
      for (let waited; waited !== last;) {
        waited = last
        await waited
      }
    },
  }
}
