// The program: runs the command line and ends with its exit code.
import { main } from './main.ts'

// Ends at once: what was written is out (files and pipes are written synchronously), and nothing else may hold it up.
process.exit(await main(process.argv.slice(2)))
