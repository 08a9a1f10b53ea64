// Watches from outside what a process stores in its folder: entries, which use inodes even where they use no bytes, and
// disk blocks, including those of unnoticed files and of deleted files that are still open.
import { lstatSync, opendirSync, statSync } from 'node:fs'
import { setImmediate as others } from 'node:timers/promises'
import { namesIn as namesOfProc, type ProcessTree } from './process-tree.ts'

const EVERY_MS = 2000
/** Entries per batch, about a millisecond of the shared event loop; then other work gets its turn. */
const BATCH_SIZE = 50

/** Number of files and folders, and bytes on disk. */
export interface FolderUse {
  readonly entries: number
  readonly bytes: number
}

/** Calls `over` once when either of `most` is exceeded; returns a function that stops watching. */
export function watchFolder(
  folder: string,
  tree: ProcessTree,
  most: FolderUse,
  over: (found: FolderUse) => void,
): () => void {
  let timer: NodeJS.Timeout
  let isOver = false
  const look = async (): Promise<void> => {
    const named = await useOfFolder(folder, most.entries)
    if (isOver) return
    const found = { entries: named.entries, bytes: named.bytes + unlinkedBytes(tree) }
    if (found.entries > most.entries || found.bytes > most.bytes) over(found)
    else wait()
  }
  const wait = (): void => {
    timer = setTimeout(() => void look(), EVERY_MS)
    timer.unref()
  }
  wait()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/** Usage below a folder. Stops after `most` entries; a folder that hides its contents counts as exceeding that. */
export async function useOfFolder(folder: string, most: number): Promise<FolderUse> {
  let [entries, bytes, looks] = [0, 0, 0]
  // Latin-1 keeps arbitrary bytes: a name need not be UTF-8.
  const folders = [Buffer.from(folder).toString('latin1')]
  for (const at of folders) {
    const names = tried(() => namesIn(at, most + 1 - entries)) ?? []
    if (names === 'hidden') return { entries: most + 1, bytes }
    entries += names.length
    for (const name of names) {
      if (++looks % BATCH_SIZE === 0) await others()
      const path = `${at}/${name}`
      const facts = tried(() => lstatSync(Buffer.from(path, 'latin1')))
      if (facts === 'hidden') return { entries: most + 1, bytes }
      if (facts?.isDirectory()) folders.push(path)
      bytes += (facts?.blocks ?? 0) * 512
    }
    if (entries > most) break
  }
  return { entries, bytes }
}

/** Errors of paths that are too deep or in folders without permissions. */
const HIDES = new Set(['ENAMETOOLONG', 'EACCES', 'EPERM', 'ELOOP'])

/** Undefined if the path is gone or the error has another cause, such as too many open files. */
function tried<T>(look: () => T): T | 'hidden' | undefined {
  try {
    return look()
  } catch (error) {
    return HIDES.has((error as NodeJS.ErrnoException).code ?? '') ? 'hidden' : undefined
  }
}

/** At most `most` names. */
function namesIn(path: string, most: number): string[] {
  const names: string[] = []
  const folder = opendirSync(Buffer.from(path, 'latin1'), { encoding: 'latin1' as 'utf8', bufferSize: 256 })
  try {
    for (let one = folder.readSync(); one && names.length < most; one = folder.readSync()) names.push(one.name)
  } finally {
    folder.closeSync()
  }
  return names
}

/** Disk bytes of open files that have been unlinked (Linux). */
function unlinkedBytes(tree: ProcessTree): number {
  let bytes = 0
  for (const pid of tree.list()) {
    for (const file of namesOfProc(`/proc/${pid}/fd`)) {
      try {
        const facts = statSync(`/proc/${pid}/fd/${file}`)
        if (facts.isFile() && facts.nlink === 0) bytes += facts.blocks * 512
      } catch {
        // The file was closed meanwhile.
      }
    }
  }
  return bytes
}
