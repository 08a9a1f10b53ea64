// The processor among many sessions: a cell that takes long gives way to those that have just begun, and to this process.
import { writeFileSync } from 'node:fs'
import { NICENESS } from './walls.ts'

/** Most cells are over by then. */
const LONG_MS = 500
/** By the kernel's weights a ninth of a cell's that has just begun, and a twenty-eighth of this process's. */
const LOW = 15

/** From now on the child's cell counts as one that has begun; gives what is to be called at its end. */
export function shareProcessor(pid: number): () => void {
  let low = false
  const timer = setTimeout(() => (low = setNiceness(pid, LOW)), LONG_MS)
  return () => {
    clearTimeout(timer)
    if (low) setNiceness(pid, NICENESS)
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
