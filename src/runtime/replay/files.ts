// Sets the sandbox's files to their state at a point of the journal; files are compared by hash, only differences move.
import type { Event } from '../../../sessions/event.ts'
import type { FileVersion } from '../../../sessions/journal/file-history.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { Sandbox } from '../../runner/sandbox.ts'

/** A file that could not be put into the sandbox. */
export interface MissingFile {
  readonly name: string
  /** A clause, without a full stop. */
  readonly reason: string
}

export interface SandboxFiles {
  /** Applies the file events since the last call; the sandbox already has these changes. */
  follow(): void
  /** Sets the sandbox's files to these versions, one a name; returns those that could not be put there. */
  restoreVersions(versions: readonly FileVersion[]): Promise<readonly MissingFile[]>
  /** A replayed cell made the file, whose content has this `key`; undefined if the content is unknown. */
  made(name: string, key: string | undefined): void
}

type Stored = Pick<StoredSession, 'events' | 'pathOf'>
type FileSandbox = Pick<Sandbox, 'placeFile' | 'removeFile' | 'file' | 'files'>

/** Identifies a version's content: its hash, or in old journals the cell that made it. */
function keyOf(version: Pick<FileVersion, 'hash' | 'cell'>): string {
  return version.hash ?? `cell ${version.cell ?? 0}`
}

/** Expects a sandbox that has none of the journal's files yet. */
export function createSandboxFiles(stored: Stored, sandbox: FileSandbox): SandboxFiles {
  const held = new Map<string, string>()
  let seen = stored.events.length

  const follow = (event: Event): void => {
    if (event.type === 'upload' || event.type === 'file') held.set(event.name, event.hash ?? keyOf(cellOf(event)))
    if (event.type === 'removed') held.delete(event.name)
  }
  const isThere = ({ name, bytes, ...version }: FileVersion): boolean =>
    held.get(name) === keyOf(version) && sandbox.file(name)?.bytes === bytes
  const place = async ({ name, hash }: FileVersion): Promise<MissingFile | undefined> => {
    if (hash === undefined) return { name, reason: 'its content was never stored' }
    const path = await stored.pathOf(hash).catch(() => undefined)
    if (path === undefined) return { name, reason: 'its content is no longer stored' }
    try {
      await sandbox.placeFile(name, path)
      held.set(name, hash)
      return undefined
    } catch (error) {
      return { name, reason: error instanceof Error ? error.message.replace(/\.$/, '') : String(error) }
    }
  }

  return {
    follow() {
      for (; seen < stored.events.length; seen++) follow(stored.events[seen] as Event)
    },
    async restoreVersions(versions) {
      const wanted = new Map(versions.map((version) => [version.name, version]))
      const other = versions.filter((version) => !isThere(version))
      const gone = [...sandbox.files()].filter(({ name }) => !wanted.has(name))
      // Remove before placing: old files count toward the quotas, and a file may have the name of a new folder.
      for (const { name } of [...gone, ...other.filter(({ name }) => held.has(name))]) {
        await sandbox.removeFile(name)
        held.delete(name)
      }
      const missing: MissingFile[] = []
      for (const version of other) {
        const lost = await place(version)
        if (lost) missing.push(lost)
      }
      return missing
    },
    made(name, key) {
      if (key === undefined) held.delete(name)
      else held.set(name, key)
    },
  }
}

function cellOf(event: Extract<Event, { type: 'upload' | 'file' }>): { hash: undefined; cell: number | undefined } {
  return { hash: undefined, cell: event.type === 'file' ? event.cell : undefined }
}
