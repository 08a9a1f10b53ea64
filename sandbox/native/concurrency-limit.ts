// Limits concurrent native work: the number of operations, and their total cost.

/** Runs work as soon as there is space for its cost (pixels, bytes); first come, first served. */
export type Gate = <T>(cost: number, work: () => Promise<T>) => Promise<T>

/** A gate for `slots` operations with a total cost of `space` at once; a single operation may exceed it alone. */
export function createGate(slots: number, space: number): Gate {
  const waiting: { cost: number; enter: () => void }[] = []
  let running = 0
  let taken = 0

  const admit = (): void => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const fits = running === 0 || (running < slots && taken + next.cost <= space)
      if (!fits) return
      waiting.shift()
      running += 1
      taken += next.cost
      next.enter()
    }
  }

  return async (cost, work) => {
    await new Promise<void>((enter) => {
      waiting.push({ cost, enter })
      admit()
    })
    try {
      return await work()
    } finally {
      running -= 1
      taken -= cost
      admit()
    }
  }
}
