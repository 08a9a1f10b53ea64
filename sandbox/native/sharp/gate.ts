// How much sharp does at once: a few operations, and together no more pixels than the largest picture allowed.

/** Runs work when there is room for its pixels; first come, first served. */
export type Gate = <T>(pixels: number, work: () => Promise<T>) => Promise<T>

/** A gate for `slots` operations and `room` pixels at once; one operation alone may be larger than the room. */
export function createGate(slots: number, room: number): Gate {
  const waiting: { pixels: number; enter: () => void }[] = []
  let running = 0
  let taken = 0

  const admit = (): void => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const fits = running === 0 || (running < slots && taken + next.pixels <= room)
      if (!fits) return
      waiting.shift()
      running += 1
      taken += next.pixels
      next.enter()
    }
  }

  return async (pixels, work) => {
    await new Promise<void>((enter) => {
      waiting.push({ pixels, enter })
      admit()
    })
    try {
      return await work()
    } finally {
      running -= 1
      taken -= pixels
      admit()
    }
  }
}
