// A parent to be killed: opens a session, starts the cell it is given, and says which processes are its children.
import { childProcesses, openTarget } from './session.ts'

const target = openTarget()
await target.run('0', 20_000)
const code = process.argv[2] ?? ''
if (code === '') setInterval(() => undefined, 1000)
else void target.run(code, 60_000)
process.stdout.write(`${childProcesses().join(' ')}\n`)
