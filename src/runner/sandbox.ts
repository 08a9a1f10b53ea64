// A session's sandbox: one child at a time, warm from the start, killed at a limit and made anew with the same files.
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { Card, CellEnd, Report } from '../../sandbox/protocol.ts'
import { startChild, type Child, type Spawn } from './child.ts'
import { createKeptFiles, FileRefused, type KeptFile, type KeptFiles } from './kept-files.ts'
import { spawnChild, wallLevel } from './walls.ts'
import { runInChild, type CellReport, type CellRequest } from './run.ts'

export interface SandboxOptions {
  /** A private folder for this session; the sandbox makes and removes what is below. */
  readonly folder: string
  readonly limits: Limits
  /** Refuses to open where the operating system adds nothing of its own to the walls; see `wallLevel`. */
  readonly requireSandbox?: boolean
  /** The process wall; another one only in tests. */
  readonly spawn?: Spawn
}

/** `requireSandbox` asked for more than this machine gives. */
export class SandboxRefused extends Error {
  readonly code = 'EASEL_SANDBOX_LEVEL'
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

/** Opens the sandbox; its first child starts at once, so that it is warm when the first cell comes. Throws SandboxRefused. */
export function openSandbox({ folder, limits, requireSandbox = false, spawn = spawnChild }: SandboxOptions): Sandbox {
  if (requireSandbox && wallLevel() === 'process') {
    throw new SandboxRefused(
      "This machine does not let a program make namespaces of its own, so the sandbox has no network wall but Node's. Allow unprivileged user namespaces, or run without --require-sandbox.",
    )
  }
  const kept: KeptFiles = createKeptFiles(join(folder, 'kept'), limits)
  let current: Promise<Started> = start()
  current.catch(() => undefined)
  let nextCard = 1

  async function start(): Promise<Started> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const scratch = await mkdtemp(join(folder, 'scratch-'))
    const child = startChild(scratch, limits, spawn)
    for (const file of kept.list()) await mount({ child, scratch }, file)
    return { child, scratch }
  }
  async function mount({ child, scratch }: Started, file: KeptFile): Promise<void> {
    const blob = await kept.lay(file, scratch)
    child.send({ type: 'mount', name: file.name, blob, bytes: file.bytes, mtime: file.mtime })
  }
  async function living(): Promise<Started> {
    const at = await current.catch(() => undefined)
    if (at && !at.child.isGone) return at
    current = start()
    if (at) void rm(at.scratch, { recursive: true, force: true })
    return current
  }
  async function cardOf({ child }: Started, name: string, bytes: number): Promise<Card> {
    const id = nextCard++
    const { promise, resolve } = Promise.withResolvers<Card>()
    child.onReport = (report) => {
      if (report.type === 'card' && report.id === id) resolve(report.card)
      else child.killBroken()
    }
    child.send({ type: 'describe', id, name })
    const problem = 'It could not be read: the reader ran out of time or memory.'
    const broken: Card = { kind: 'broken', mime: 'application/octet-stream', bytes, problem }
    const timer = setTimeout(() => child.kill(), Math.min(limits.timeoutMs, DESCRIBE_MS))
    const card = await Promise.race([promise, child.gone.then(() => broken)])
    clearTimeout(timer)
    child.onReport = undefined
    return card
  }

  return {
    async upload(name, path) {
      const file = await kept.takeUpload(name, path)
      const at = await living()
      await mount(at, file)
      return cardOf(at, file.name, file.bytes)
    },
    async run(request, emit, signal) {
      const began = performance.now()
      const at = await living()
      // One after the other: each is weighed against the quotas with all before it counted.
      let taking = Promise.resolve()
      let lost = false
      const take = async (report: Extract<Report, { type: 'file' }>): Promise<void> => {
        if (lost) return
        try {
          const file = await kept.takeBlob(report.name, report.blob, at.scratch)
          emit({ ...report, name: file.name, bytes: file.bytes })
        } catch (error) {
          const reason = error instanceof FileRefused ? error.message : 'It could not be read back.'
          emit({
            type: 'print',
            cell: request.cell,
            stream: 'stderr',
            text: `${report.name} was not kept: ${reason}\n`,
          })
        }
      }
      const end = await runInChild(at.child, request, limits, signal, (report) => {
        if (report.type === 'file') taking = taking.then(() => take(report))
        else {
          if (report.type === 'removed') taking = taking.then(() => kept.remove(report.name))
          emit(report)
        }
      })
      lost =
        end.status === 'timeout' || end.status === 'memory' || end.status === 'crashed' || end.status === 'cancelled'
      await taking
      if (lost) {
        at.child.kill()
        await at.child.gone
        current = start()
        current.catch(() => undefined)
        void rm(at.scratch, { recursive: true, force: true })
      }
      const { type: _, ...rest } = end
      return { ...rest, ms: Math.round(performance.now() - began), lost }
    },
    file: (name) => kept.get(name),
    files: () => kept.list(),
    async close() {
      const at = await current.catch(() => undefined)
      at?.child.kill()
      await at?.child.gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Time to look at an upload: reading its head and one small decode. */
const DESCRIBE_MS = 10_000

interface Started {
  readonly child: Child
  readonly scratch: string
}
