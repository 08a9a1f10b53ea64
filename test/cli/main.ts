// Runs the command line in this process, one call at a time, with reused sandboxes: for everything that is not about
// processes, signals and terminals. Those use program.ts.
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import type { Interrupts } from '../../src/cli/interrupts.ts'
import { main } from '../../src/main.ts'
import { startProcesses as startFresh } from '../../src/runtime/processes.ts'
import { plainEnv, type Ended, type Options } from './program.ts'
import { startProcesses } from '../shared-processes.ts'

interface MainOptions extends Omit<Options, 'program'> {
  /** With processes of its own: variables of earlier sessions are gone. */
  readonly fresh?: boolean
}

let before: Promise<unknown> = Promise.resolve()

/** Runs `easel ARGS` to its end, after the calls before it. */
export function easel(args: readonly string[], options: MainOptions = {}): Promise<Ended> {
  const run = before.then(() => runMain(args, options))
  before = run.catch(() => undefined)
  return run
}

async function runMain(args: readonly string[], { cwd, env, input = '', fresh = false }: MainOptions): Promise<Ended> {
  const home = process.cwd()
  let stdout = ''
  let stderr = ''
  process.chdir(cwd ?? tmpdir())
  try {
    const code = await main(args, {
      env: { ...plainEnv(), ...env },
      input: Readable.from(input === '' ? [] : [input]) as NodeJS.ReadStream,
      stdout: { write: (text) => (stdout += text), on: () => undefined },
      stderr: { write: (text) => (stderr += text), on: () => undefined },
      interrupts: nobody,
      startProcesses: fresh ? startFresh : startProcesses,
    })
    return { code, stdout, stderr }
  } finally {
    process.chdir(home)
  }
}

/** Never interrupts. */
function nobody(): Interrupts {
  return { during: () => () => undefined, interrupt: () => undefined }
}
