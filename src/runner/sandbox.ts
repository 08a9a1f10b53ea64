// A session's sandbox: one child at a time, warm from the start, killed at a limit and made anew with the same files.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { Card, CellEnd, CellStatus } from '../../sandbox/protocol.ts'
import type { Spawn } from './child.ts'
import { describeFile } from './description.ts'
import { createKeptFiles, type KeptFile } from './kept-files.ts'
import { keepChild } from './living-child.ts'
import { takeOutputs } from './outputs.ts'
import { runInChild, type CellReport, type CellRequest } from './run.ts'
import { spawnChild, wallLevel } from './walls.ts'

export interface SandboxOptions {
  /** A private folder for this session; the sandbox makes and removes what is below. */
  readonly folder: string
  readonly limits: Limits
  /** Refuses to open where the operating system adds nothing of its own to the walls; see `wallLevel`. */
  readonly requireSandbox?: boolean
  /** The process wall; another one only in tests. */
  readonly spawn?: Spawn
}

export interface RunEnd extends Omit<CellEnd, 'type'> {
  readonly ms: number
  /** The child is gone: variables are lost, files are kept. */
  readonly lost: boolean
}

export interface Sandbox {
  /** Brings a file of the person in and gives its card; throws FileRefused. */
  upload(name: string, path: string): Promise<Card>
  /** Runs a cell; its reports go to `emit` as they come. */
  run(request: CellRequest, emit: (event: CellReport) => void, signal?: AbortSignal): Promise<RunEnd>
  file(name: string): KeptFile | undefined
  files(): readonly KeptFile[]
  close(): Promise<void>
}

/** `requireSandbox` asked for more than this machine gives. */
class SandboxRefused extends Error {
  readonly code = 'EASEL_SANDBOX_LEVEL'
}

/** Ends after which the child cannot be used any more. */
const LOST: ReadonlySet<CellStatus> = new Set(['timeout', 'memory', 'crashed', 'cancelled'])

/** Opens the sandbox; its first child starts at once, so that it is warm when the first cell comes. Throws with code EASEL_SANDBOX_LEVEL. */
export function openSandbox({ folder, limits, requireSandbox = false, spawn = spawnChild }: SandboxOptions): Sandbox {
  if (requireSandbox && wallLevel() === 'process') {
    throw new SandboxRefused(
      "This machine does not let a program make namespaces of its own, so the sandbox has no network wall but Node's. Allow unprivileged user namespaces, or run without --require-sandbox.",
    )
  }
  const kept = createKeptFiles(join(folder, 'kept'), limits)
  const living = keepChild(folder, limits, kept, spawn)
  let nextCard = 1

  return {
    async upload(name, path) {
      const file = await kept.takeUpload(name, path)
      const at = await living.get()
      await living.mount(at, file)
      return describeFile(at.child, nextCard++, file.name, file.bytes, limits)
    },
    async run(request, emit, signal) {
      const began = performance.now()
      const at = await living.get()
      const outputs = takeOutputs(kept, at.scratch, emit)
      const { type: _, ...end } = await runInChild(at.child, request, limits, signal, outputs.report)
      const lost = LOST.has(end.status)
      await outputs.settled(lost)
      if (lost) await living.replace(at)
      return { ...end, ms: Math.round(performance.now() - began), lost }
    },
    file: (name) => kept.get(name),
    files: () => kept.list(),
    async close() {
      await living.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
