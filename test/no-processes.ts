// Makes the fast tests throw when they try to start a process.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

const STARTING = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const

for (const name of STARTING) {
  const refuse = (): never => {
    throw new Error(
      `A fast test starts no process, and this one called ${name}(). Import node:child_process where it can be seen, in TypeScript and at the margin, and the file counts as another kind (test/fast-files.ts).`,
    )
  }
  Object.assign(childProcess, { [name]: refuse })
}
syncBuiltinESMExports()
