// What a process keeps in its folder, watched from outside: entries, which cost inodes where they cost no bytes, and blocks on the
// disk, be they of a file that it named, of one that nobody was told of, or of one that is in no folder any more but still open.
import { lstatSync, opendirSync, statSync } from 'node:fs'
import { setImmediate as others } from 'node:timers/promises'
import { namesIn as namesOfProc, type Tree } from './process-tree.ts'

const EVERY_MS = 2000
/** So many entries take about a millisecond of the loop that serves everybody; then it is others' turn. */
const AT_ONCE = 50

/** Files and folders, and bytes of the disk. */
export interface FolderUse {
  readonly entries: number
  readonly bytes: number
}

/** Calls `over` once when there is more than `most` of either; gives a function that stops watching. */
export function watchFolder(folder: string, tree: Tree, most: FolderUse, over: (found: FolderUse) => void): () => void {
  let timer: NodeJS.Timeout
  let isOver = false
  const look = async (): Promise<void> => {
    const named = await useOfFolder(folder, most.entries)
    if (isOver) return
    const found = { entries: named.entries, bytes: named.bytes + unnamedBytes(tree) }
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

/** What is below a folder. A look ends past `most` entries, and what does not let itself be looked at counts as that many. */
export async function useOfFolder(folder: string, most: number): Promise<FolderUse> {
  let [entries, bytes, looks] = [0, 0, 0]
  // One character a byte: a name need not be UTF-8.
  const folders = [Buffer.from(folder).toString('latin1')]
  for (const at of folders) {
    const names = tried(() => namesIn(at, most + 1 - entries)) ?? []
    if (names === 'hidden') return { entries: most + 1, bytes }
    entries += names.length
    for (const name of names) {
      if (++looks % AT_ONCE === 0) await others()
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

/** It lies too deep, or in a folder that is closed, or closed in part. */
const HIDES = new Set(['ENAMETOOLONG', 'EACCES', 'EPERM', 'ELOOP'])

/** Undefined of what is gone, or cannot be looked at for another reason than its own: too many files are open, say. */
function tried<T>(look: () => T): T | 'hidden' | undefined {
  try {
    return look()
  } catch (error) {
    return HIDES.has((error as NodeJS.ErrnoException).code ?? '') ? 'hidden' : undefined
  }
}

/** At most so many names. */
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

/** Bytes of open files that have no name any more (Linux). */
function unnamedBytes(tree: Tree): number {
  let bytes = 0
  for (const pid of tree.list()) {
    for (const file of namesOfProc(`/proc/${pid}/fd`)) {
      try {
        const facts = statSync(`/proc/${pid}/fd/${file}`)
        if (facts.isFile() && facts.nlink === 0) bytes += facts.blocks * 512
      } catch {
        // Closed meanwhile.
      }
    }
  }
  return bytes
}
