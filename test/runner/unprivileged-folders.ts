// Run by a test without root's capabilities: counts an unreadable folder, removes it, and reports both.
import { existsSync } from 'node:fs'
import { removeFolder } from '../../src/process-wall/remove-folder.ts'
import { useOfFolder } from '../../src/process-watch/folder-watch.ts'

const folder = process.argv[2] as string
const { entries } = await useOfFolder(folder, 100)
await removeFolder(folder)
process.stdout.write(JSON.stringify({ entries, isThere: existsSync(folder) }))
