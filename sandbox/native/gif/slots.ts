// Shared memory for the frames under way: as much as keeps the threads busy, used again and again.

export interface Slot {
  readonly buffer: SharedArrayBuffer
  readonly pixels: Int32Array
  /** The frame in it has transparent pixels. */
  holes: boolean
  uses: number
}

export interface Slots {
  /** A free slot, held once; waits until there is one. After `close` any slot. */
  next(): Promise<Slot>
  hold(this: void, slot: Slot | undefined): void
  release(this: void, slot: Slot | undefined): void
  /** Nobody waits any longer. */
  close(this: void): void
}

/** Frames under way take at most about this, but three must fit: a frame and its neighbours. */
const MAX_BYTES = 256 << 20
const FEWEST = 3

/** `alone`: frames are coded without their neighbours, so that one slot will do. */
export function createSlots(pixels: number, threads: number, alone: boolean): Slots {
  const bytes = pixels * 4
  const most = Math.max(alone ? 1 : FEWEST, Math.min(threads * 2 + 2, Math.floor(MAX_BYTES / bytes)))
  const free: Slot[] = []
  const waiting: ((slot: Slot) => void)[] = []
  let made = 0
  let closed = false

  const make = (size: number): Slot => {
    const buffer = new SharedArrayBuffer(size)
    return { buffer, pixels: new Int32Array(buffer), holes: false, uses: 1 }
  }
  return {
    async next() {
      if (closed) return make(0)
      const slot = free.pop()
      if (slot) {
        slot.uses = 1
        return slot
      }
      if (made < most) {
        made++
        return make(bytes)
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    hold(slot) {
      if (slot) slot.uses++
    },
    release(slot) {
      if (!slot || --slot.uses > 0 || closed) return
      const waiter = waiting.shift()
      if (!waiter) free.push(slot)
      else {
        slot.uses = 1
        waiter(slot)
      }
    },
    close() {
      closed = true
      free.length = 0
      for (const waiter of waiting.splice(0)) waiter(make(0))
    },
  }
}
