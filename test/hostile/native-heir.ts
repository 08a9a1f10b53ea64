// A program that was started with a folder of the machine open under a number that Node does not look at: it tries native code
// in a child, behind the filter too if it is told so, and prints what came of it.
import { probe } from './native-scene.ts'

const filter = process.argv[2] === 'filter'
process.stdout.write(JSON.stringify(await probe({ level: 'jail', filter }, 'native-escapes.c')))
process.exit(0)
