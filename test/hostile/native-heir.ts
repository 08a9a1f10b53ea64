// A program started with a folder of the machine open under a descriptor that Node does not check: runs native code in
// a child, on request also behind the filter, and prints the results.
import { probe } from './native-scene.ts'

const filter = process.argv[2] === 'filter'
process.stdout.write(JSON.stringify(await probe({ level: 'jail', filter }, 'native-escapes.c')))
process.exit(0)
