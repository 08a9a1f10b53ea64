// The processor among many sessions: a cell that takes long gives way to those that have just begun, and to this process.
import { writeFileSync } from 'node:fs'

/** Most cells are over by then. */
const LONG_MS = 500
/** A hundredth of the weight of this process, a tenth of a cell's that has just begun. */
const LOW = 15
/** What `walls.ts` starts a child with. */
const USUAL = 5

/** From now on the child's cell counts as one that has begun; gives what is to be called at its end. */
export function shareProcessor(pid: number): () => void {
  let low = false
  const timer = setTimeout(() => (low = setNiceness(pid, LOW)), LONG_MS)
  return () => {
    clearTimeout(timer)
    if (low) setNiceness(pid, USUAL)
  }
}

/**
 * Of the child's whole session of processes (Linux, sched(7): autogroups); may also be lowered again by whoever owns it.
 * Where the kernel has none, cells share alike.
 */
function setNiceness(pid: number, niceness: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
    return true
  } catch {
    return false
  }
}
