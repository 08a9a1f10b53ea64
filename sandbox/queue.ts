// Runs work that must not overlap, one after another in order of arrival.

export interface Queue {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when it is the caller's turn, with the function that ends the turn. */
  enter(): Promise<() => void>
  /** Work is in progress. */
  readonly busy: boolean
  /** Resolves when no work is in progress or waiting. */
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
