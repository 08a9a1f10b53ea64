// A folder to unpack into for each test.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { unzip, type UnzipOptions } from '../../../../sandbox/helpers/archive/zip.ts'

export interface UnzipScene {
  readonly root: string
  /** Names written, below a new folder, with their content. */
  unpack(bytes: Uint8Array, options?: UnzipOptions): Promise<Record<string, string>>
  /** The message of a refusal; nothing may have been written. */
  refused(bytes: Uint8Array, options?: UnzipOptions): Promise<string>
  close(): void
}

export function openUnzipScene(): UnzipScene {
  const root = mkdtempSync(join(tmpdir(), 'easel-zip-'))
  let runs = 0
  const newFolder = (): string => join(root, `out-${++runs}`)
  return {
    root,
    async unpack(bytes, options = {}) {
      const into = newFolder()
      const names = await unzip(bytes, { into, ...options })
      return Object.fromEntries(names.map((name) => [name.slice(into.length + 1), readFileSync(name, 'utf8')]))
    },
    async refused(bytes, options = {}) {
      const into = newFolder()
      const message = await unzip(bytes, { into, ...options }).then(
        () => 'nothing was refused',
        (error: Error) => error.message,
      )
      const wrote = statSync(into, { throwIfNoEntry: false }) ? readdirSync(into) : []
      expect(wrote).toEqual([])
      return message
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}
