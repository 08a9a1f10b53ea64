// Runs snippets in the sandbox, as cells of a session whose files are the inputs and nothing else.
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { CHANCE, fingerprint, sorted, type Trace } from './trace.ts'

export interface Inside {
  /** Runs the code as the next cell and records the result. */
  run(code: string): Promise<Trace>
  /** Resets variables, folders and library settings for what follows. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** Opens a session with every file of the folder `inputs`. */
export async function openInside(inputs: string): Promise<Inside> {
  const sandbox = openSandbox({ folder: await mkdtemp(join(tmpdir(), 'easel-inside-')), limits: defaultLimits() })
  const names = await readdir(inputs)
  for (const name of names) await sandbox.upload(name, join(inputs, name))
  let cell = 0

  const restoreFiles = async (): Promise<void> => {
    for (const { name } of sandbox.files()) await sandbox.removeFile(name)
    for (const name of names) await sandbox.placeFile(name, join(inputs, name))
  }
  return {
    async run(code) {
      const text = { stdout: '', stderr: '', value: '' }
      const end = await sandbox.run({ cell: ++cell, code, ...CHANCE, timeoutMs: 60_000 }, (event) => {
        if (event.type === 'print') text[event.stream] += event.text
      })
      const files = new Map<string, string>()
      for (const file of sandbox.files()) files.set(file.name, fingerprint(await readFile(file.path)))
      await restoreFiles()
      return { files: sorted(files), stdout: text.stdout, stderr: text.stderr, error: end.message ?? '' }
    },
    renew: () => sandbox.renew(),
    close: () => sandbox.close(),
  }
}
