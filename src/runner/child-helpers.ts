// The helper processes of one child: started on the pipes that the child was given for them, measured with it, ended with it.
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Limits } from '../../sandbox/limits.ts'
import { FIRST_HELPER_PIPE, MAX_HELPERS, type HelperName } from '../../sandbox/protocol.ts'
import { openCpuMeter, type JoinedMeter } from '../process-watch/cpu-meter.ts'
import { startHelper, type HelperProcess } from './helper-process.ts'
import type { UseWatch } from './overuse.ts'

export interface ChildHelpersDeps {
  readonly scratch: string
  /** The child's folder of links to files, if it has one. */
  readonly links: string | undefined
  readonly limits: Limits
  /** They must filter their system calls. */
  readonly mustFilter: boolean | undefined
  readonly cpu: Pick<JoinedMeter, 'join'>
  readonly use: Pick<UseWatch, 'include'>
}

export interface ChildHelpers {
  /** Starts one on the next pipe; false if none is left. */
  start(name: HelperName): boolean
  /** Ends all. */
  kill(): void
}

/** The pipes of a child to its helpers, in the stdio that it is spawned with. */
export const HELPER_PIPES = Array.from({ length: MAX_HELPERS }, () => 'pipe' as const)

/** None is running at first. */
export function createChildHelpers(child: ChildProcess, deps: ChildHelpersDeps): ChildHelpers {
  const { scratch, links, limits, mustFilter = false, cpu, use } = deps
  const pipes = pipesOf(child)
  for (const pipe of pipes) pipe.on('error', () => undefined)
  // Else the child would not count as gone: the pipes that were not needed are open here.
  child.on('exit', () => pipes.forEach((pipe) => pipe.destroy()))
  const running = new Set<HelperProcess>()
  let started = 0
  return {
    start(name) {
      const pipe = pipes[started]
      if (!pipe) return false
      const folder = `${scratch}-helper-${started++}`
      const release: (() => void)[] = []
      const helper = startHelper(name, pipe, { scratch, links, folder, limits, mustFilter }, () => {
        running.delete(helper)
        for (const end of release) end()
      })
      running.add(helper)
      if (helper.pid > 0) release.push(cpu.join(openCpuMeter(helper.pid)), use.include(helper.pid, folder))
      return true
    },
    kill: () => running.forEach((helper) => helper.kill()),
  }
}

/** Empty for a process that could not be spawned, and for one of a test that has none. */
function pipesOf(child: ChildProcess): Socket[] {
  const { stdio }: { readonly stdio?: readonly unknown[] } = child
  const pipes = stdio?.slice(FIRST_HELPER_PIPE, FIRST_HELPER_PIPE + MAX_HELPERS) ?? []
  return pipes.filter((pipe) => pipe !== null && pipe !== undefined) as Socket[]
}
