// Resident memory of a process, watched from outside: the one limit on it that always holds.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const PAGE = 4096
const EVERY_MS = process.platform === 'linux' ? 25 : 250

/** Calls `over` once with the bytes found when they exceed `limit`; gives a function that stops watching. */
export function watchMemory(pid: number, limit: number, over: (bytes: number) => void): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const bytes = await residentBytes(pid)
    if (stopped) return
    if (bytes > limit) return over(bytes)
    timer = setTimeout(() => void look(), EVERY_MS)
  }
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Resident bytes; 0 if the process is gone. */
export async function residentBytes(pid: number): Promise<number> {
  try {
    if (process.platform === 'linux') {
      return Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * PAGE
    }
    const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'rss=', '-p', String(pid)])
    return Number(stdout.trim()) * 1024
  } catch {
    return 0
  }
}
