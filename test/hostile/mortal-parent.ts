// A parent to be killed: opens a session, says which process is its child, and starts the cell it is given.
import { openTarget } from './session.ts'

const target = openTarget()
await target.run('0', 20_000)
process.stdout.write(`${(await target.child()).pid}\n`)
const code = process.argv[2] ?? ''
if (code === '') setInterval(() => undefined, 1000)
else void target.run(code, 60_000)
