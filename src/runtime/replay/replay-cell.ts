// Runs one cell of the journal again with its seed and clock; drops what it prints and hashes the files it makes.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { CellReport, CellRequest } from '../../runner/run.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { OkCell } from './past-cells.ts'
import type { Failure } from './messages.ts'

export type PastRun =
  /** `made`: SHA-256 of each file it made. */
  | { readonly ok: true; readonly made: ReadonlyMap<string, string> }
  /** `lost`: the child has ended. */
  | { readonly ok: false; readonly failure: Failure; readonly lost: boolean }

export type PastRunDeps = Pick<Sandbox, 'run' | 'file'>

type Request = Pick<OkCell, 'cell' | 'code' | 'seed' | 'clock'> & Pick<CellRequest, 'timeoutMs' | 'wallMs'>

/** `onFile` gets each file's name before its hash is known. Rejects with the signal's reason when it aborts. */
export async function runPastCell(
  sandbox: PastRunDeps,
  request: Request,
  signal: AbortSignal,
  onFile: (name: string) => void = () => undefined,
): Promise<PastRun> {
  signal.throwIfAborted()
  const touched = new Set<string>()
  const note = (report: CellReport): void => {
    if (report.type !== 'file') return
    touched.add(report.name)
    onFile(report.name)
  }
  const { status, code, message, lost } = await sandbox.run(request, note, signal)
  signal.throwIfAborted()
  if (status !== 'ok') return { ok: false, failure: { status, code, message }, lost }
  const made = new Map<string, string>()
  for (const name of touched) {
    const file = sandbox.file(name)
    if (file) made.set(name, await hashOfFile(file.path))
  }
  return { ok: true, made }
}

const CODE_TIME = { timeoutMs: 20_000, wallMs: 120_000 }

/** Runs a line of Easel's own. */
export function runLine(sandbox: PastRunDeps, code: string, signal: AbortSignal): Promise<PastRun> {
  return runPastCell(sandbox, { cell: 0, code, seed: 0, clock: 0, ...CODE_TIME }, signal)
}

/** SHA-256 in hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
