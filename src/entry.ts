// The program: runs the command line and ends with its exit code.
import { main } from './main.ts'

// Exits at once: all output is written (files and pipes are written synchronously), and nothing else may delay it.
process.exit(await main(process.argv.slice(2)))
