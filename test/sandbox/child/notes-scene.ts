// A sandbox for tests of the notes that cells get.
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { defaultLimits } from '../../../sandbox/limits.ts'
import { openSandbox } from '../../../src/runner/sandbox.ts'
import { newFolder } from '../../cli/program.ts'

export interface NotesScene {
  /** Uploads a file. */
  upload(name: string, bytes: Uint8Array): Promise<void>
  /** Runs a cell; gives its notes, and 'threw: …' if it threw. */
  notesOf(code: string): Promise<string[]>
  /** Runs a cell; gives what it printed. */
  printedBy(code: string): Promise<string>
  close(): Promise<void>
}

export function openNotesScene(): NotesScene {
  const folder = newFolder()
  const sandbox = openSandbox({ folder: join(folder, 'session'), limits: defaultLimits() })
  let cell = 0
  async function run(code: string): Promise<{ notes: string[]; printed: string }> {
    const notes: string[] = []
    let printed = ''
    const request = { cell: ++cell, code, seed: 1, clock: 1e12, timeoutMs: 60_000 }
    const { status, message } = await sandbox.run(request, (report) => {
      if (report.type === 'note') notes.push(report.text)
      if (report.type === 'print') printed += report.text
    })
    return { notes: status === 'ok' ? notes : [...notes, `${status}: ${message}`], printed }
  }
  return {
    async upload(name, bytes) {
      const path = join(folder, 'upload')
      writeFileSync(path, bytes)
      await sandbox.upload(name, path)
    },
    notesOf: async (code) => (await run(code)).notes,
    printedBy: async (code) => (await run(code)).printed,
    close: () => sandbox.close(),
  }
}
