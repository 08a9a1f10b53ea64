// A parent process to be killed: opens a session, prints its child's process id, and starts the given cell.
import { openTarget } from './session.ts'

const target = openTarget()
await target.run('0', 20_000)
process.stdout.write(`${(await target.child()).pid}\n`)
const code = process.argv[2] ?? ''
if (code === '') setInterval(() => undefined, 1000)
else void target.run(code, 60_000)
