// The resource limits that end a child, whether or not it runs a cell, measured from outside the process.
import type { Limits } from '../../sandbox/limits.ts'
import type { CpuMeter } from '../process-watch/cpu-meter.ts'
import { watchDisk } from '../process-watch/disk-watch.ts'
import { watchFolder, type FolderUse } from '../process-watch/folder-watch.ts'
import { MAX_THREADS, watchMemory, type MemoryOverrun } from '../process-watch/memory-watch.ts'
import { openTree } from '../process-watch/process-tree.ts'

/** At most one of these is set. */
export interface Overuse {
  /** Bytes of memory, page tables included. */
  readonly overMemory?: number
  readonly overThreads?: number
  /** Bytes written to the disk. */
  readonly overDisk?: number
  readonly overFolder?: FolderUse
}

export interface UseWatch {
  /** A cell begins: bytes written are counted from now on. */
  readonly restart: () => void
  readonly stop: () => void
  /** Counts a helper process too, which may fill `folder` with links only; call the result when it has ended. */
  readonly include: (pid: number, folder: string) => () => void
}

/** Entries in a child's folder besides the session's files: files being written, and pictures to be shown. */
const EXTRA_ENTRIES = 100

/** The limits of a child's folder: the session's files, each while it replaces another, and what one cell may write. */
function folderLimits({ sessionFiles, sessionBytes, writtenBytes }: Limits): FolderUse {
  return { entries: 2 * sessionFiles + EXTRA_ENTRIES, bytes: sessionBytes + writtenBytes }
}

/** Links and folders of a helper, and bytes on disk besides the child's: more than any session's files need. */
const MAX_LINKS: FolderUse = { entries: 20_000, bytes: 100_000_000 }

/** The process hides its resource use. */
type Hidden = Extract<MemoryOverrun, { isHidden: true }>

function overuseOf(found: MemoryOverrun): Overuse | Hidden {
  if ('bytes' in found) return { overMemory: found.bytes }
  return 'threads' in found ? { overThreads: found.threads } : found
}

/** Watches memory, threads, bytes written since `restart`, and the contents of `scratch`. */
export function watchUse(
  pid: number,
  scratch: string,
  limits: Limits,
  over: (found: Overuse | Hidden) => void,
): UseWatch {
  const tree = openTree(pid)
  const unwatch = watchMemory(pid, limits.rssBytes, (found) => over(overuseOf(found)), tree)
  const disk = watchDisk(pid, limits.writtenBytes, (overDisk) => over({ overDisk }), tree)
  const unwatchHelpers = new Set<() => void>()
  const unwatchFolder = watchFolder(scratch, tree, folderLimits(limits), (overFolder) => over({ overFolder }))
  return {
    restart: disk.restart,
    include(helper, folder) {
      tree.add(helper)
      const unwatchLinks = watchFolder(folder, tree, MAX_LINKS, () => over({ isHidden: true }))
      unwatchHelpers.add(unwatchLinks)
      return () => {
        tree.remove(helper)
        unwatchLinks()
        unwatchHelpers.delete(unwatchLinks)
      }
    },
    stop() {
      unwatch()
      disk.stop()
      unwatchFolder()
      for (const unwatchLinks of unwatchHelpers) unwatchLinks()
    },
  }
}

const IDLE_CHECK_MS = 5000

/**
 * Calls `over` when the process has used more than `mostMs` of CPU time while no request ran: what a cell left behind
 * may use as much as a cell. `asked`: the number of requests so far; undefined while one runs.
 */
export function watchIdleUse(
  cpu: Pick<CpuMeter, 'measure'>,
  asked: () => number | undefined,
  mostMs: number,
  over: () => void,
): () => void {
  let [last, rested] = [0, 0]
  let before: number | undefined
  const timer = setInterval(async () => {
    const used = await cpu.measure()
    const now = asked()
    // CPU time of an interval in which a request ran, if only for a part, does not count.
    rested = now !== undefined && now === before ? rested + used - last : 0
    before = now
    last = used
    if (rested <= mostMs) return
    clearInterval(timer)
    over()
  }, IDLE_CHECK_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Cell status, code and message for a child that was ended for overuse; undefined if it was not. */
export function overuseEnd(
  { overMemory, overThreads, overDisk, overFolder }: Overuse,
  limits: Limits,
): readonly ['memory' | 'limit', code: string, message: string] | undefined {
  if (overMemory !== undefined)
    return [
      'memory',
      'EASEL_RSS',
      `The sandbox reached ${formatMemory(overMemory)} of memory and was ended before the limit of ${formatMemory(limits.rssBytes)}. Work on less at a time, or on smaller pictures.`,
    ]
  if (overThreads !== undefined)
    return [
      'limit',
      'EASEL_THREADS',
      `The sandbox reached ${n(overThreads)} threads and was ended: the limit is ${n(MAX_THREADS)}. Start fewer things at once.`,
    ]
  if (overDisk !== undefined)
    return [
      'limit',
      'EASEL_WRITTEN_BYTES',
      `The cell wrote ${formatMegabytes(overDisk)} to the disk and was ended: the limit is ${formatMegabytes(limits.writtenBytes)}, including files that are deleted again. Write less, or keep intermediate results in memory.`,
    ]
  if (overFolder === undefined) return undefined
  const most = folderLimits(limits)
  const found =
    overFolder.entries > most.entries
      ? `more than ${n(most.entries)} files and folders`
      : `${formatMegabytes(overFolder.bytes)}; the limit is ${formatMegabytes(most.bytes)}`
  return [
    'limit',
    'EASEL_FOLDER',
    `The sandbox's own folder reached ${found}, and the sandbox was ended. Keep fewer files.`,
  ]
}

/** Memory in units of 2^20 bytes, as its limits are set. */
export function formatMemory(bytes: number): string {
  return `${n(Math.round(bytes / 1_048_576))} MB`
}

/** Disk space in units of 10^6 bytes, as its limits are set. */
export function formatMegabytes(bytes: number): string {
  return `${n(Math.round(bytes / 1_000_000))} MB`
}

function n(value: number): string {
  return value.toLocaleString('en-US')
}
