// Runs a snippet in a new session of the sandbox.
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../sandbox/limits.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { CHANCE, fingerprint, sorted, type Trace } from './trace.ts'

/** Uploads every file of `inputs`, runs the code as the session's first cell and looks at what is there then. */
export async function runInside(code: string, inputs: string): Promise<Trace> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-inside-'))
  const sandbox = openSandbox({ folder, limits: defaultLimits() })
  try {
    for (const name of await readdir(inputs)) await sandbox.upload(name, join(inputs, name))
    const text = { stdout: '', stderr: '', value: '' }
    const end = await sandbox.run({ cell: 1, code, ...CHANCE, timeoutMs: 60_000 }, (event) => {
      if (event.type === 'print') text[event.stream] += event.text
    })
    const files = new Map<string, string>()
    for (const file of sandbox.files()) files.set(file.name, fingerprint(await readFile(file.path)))
    return { files: sorted(files), stdout: text.stdout, stderr: text.stderr, error: end.message ?? '' }
  } finally {
    await sandbox.close()
  }
}
