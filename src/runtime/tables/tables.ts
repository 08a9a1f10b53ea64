// Windows of tables for the page, of any session's files. Each session's tables are read in a process of its own that
// runs no cells, behind the process wall: neither waits for the other, and what one keeps in memory is not the cells'.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../../sandbox/limits.ts'
import type { TableQuery, TableWindow } from '../../../sandbox/table-protocol.ts'
import { openSandbox, type Sandbox } from '../../runner/sandbox.ts'
import type { MakeLinkFolder } from '../link-folder.ts'
import { createReaderPool, type ReaderPool } from './reader-pool.ts'

/** A process that reads tables. */
type TableProcess = Pick<Sandbox, 'placeFile' | 'readTable' | 'removeFile' | 'close'>

interface TableRequest {
  readonly owner: string
  readonly session: string
  readonly name: string
  readonly hash: string
  /** Path of the bytes. */
  readonly path: string
  readonly query: TableQuery
}

export interface Tables {
  /**
   * Rows of a table; a sentence if it cannot be read. Throws TablesBusy while no process is free, and the reason of the
   * signal if it aborts before the request's turn.
   */
  read(request: TableRequest, signal: AbortSignal): Promise<TableWindow | { readonly problem: string }>
  /** Ends the process of a session. */
  forget(session: string): Promise<void>
  close(): Promise<void>
}

/** All processes are in use by others, or the machine is busy. */
class TablesBusy extends Error {
  readonly code = 'EASEL_TABLES_BUSY'
  constructor() {
    super('This server has many tables to read. Ask again in a few seconds.')
  }
}

/** The session has expired, or has dropped this version for space, since the path was looked up. */
class BytesGone extends Error {
  readonly code = 'EASEL_STORE_NO_FILE'
  constructor() {
    super('The content of this version is no longer stored.')
  }
}

export interface TablesDeps {
  readonly limits: Limits
  readonly requireSandbox?: boolean
  readonly makeLinkFolder?: MakeLinkFolder | undefined
  /** Starts a process; replaced only in tests. */
  readonly open?: () => Promise<TableProcess>
  /** How long an idle process keeps its tables. */
  readonly idleMs?: number
}

/** Long enough to look at a table, think and scroll on. */
const IDLE_MS = 120_000

/** Starts no process before the first request. */
export function createTables(deps: TablesDeps): Tables {
  const pool: ReaderPool<TableProcess> = createReaderPool(deps.open ?? opener(deps), deps.idleMs ?? IDLE_MS)
  return {
    async read(request, signal) {
      const answer = await pool.run(request, (process) => readIn(process, request), signal)
      if (answer === undefined) throw new TablesBusy()
      if ('window' in answer) return answer.window
      if (answer.why === 'busy') throw new TablesBusy()
      return { problem: answer.problem }
    },
    forget: (session) => pool.forget(session),
    close: () => pool.close(),
  }
}

function opener({ limits, requireSandbox = false, makeLinkFolder }: TablesDeps): () => Promise<TableProcess> {
  return async () => {
    // `processes.ts` removes folders of this name that a killed program left behind.
    const folder = await mkdtemp(join(tmpdir(), `easel-${process.pid}-`))
    const linkFolder = await makeLinkFolder?.()
    return openSandbox({ folder, linkFolder, limits, requireSandbox, lowersPriority: true, cells: false })
  }
}

/** Files that a process has: by name the hash of the version. */
const placed = new WeakMap<TableProcess, Map<string, string>>()
/** Files that stay in the process's folder. */
const MAX_PLACED = 4

async function readIn(process: TableProcess, { name, hash, path, query }: TableRequest) {
  const files = placed.get(process) ?? new Map<string, string>()
  placed.set(process, files)
  if (files.get(name) !== hash) {
    for (const old of [name, ...files.keys()]) {
      if (!files.has(old) || (old !== name && files.size < MAX_PLACED)) continue
      files.delete(old)
      await process.removeFile(old)
    }
    await process.placeFile(name, path).catch((error: unknown) => {
      throw (error as { code?: unknown }).code === 'ENOENT' ? new BytesGone() : error
    })
    files.set(name, hash)
  }
  return process.readTable(name, query)
}
