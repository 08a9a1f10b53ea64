// The program: runs the command line and ends with its exit code.
import { main } from './main.ts'

process.exitCode = await main(process.argv.slice(2))
