// Shared memory for the frames in progress: enough to keep the threads busy, and reused.

export interface Slot {
  readonly buffer: SharedArrayBuffer
  readonly pixels: Int32Array
  /** Whether the frame in it has transparent pixels. */
  holes: boolean
  uses: number
}

export interface Slots {
  /** Waits for a free slot and takes it, with one use. After `close` returns a dummy slot at once. */
  next(): Promise<Slot>
  retain(this: void, slot: Slot | undefined): void
  release(this: void, slot: Slot | undefined): void
  /** Ends all waiting. */
  close(this: void): void
}

/** Memory limit for frames in progress, except that three must fit: a frame and its neighbours. */
const MAX_BYTES = 256 << 20
const FEWEST = 3

/** `alone`: frames are coded without their neighbours, so that one slot is enough. */
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
    retain(slot) {
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
