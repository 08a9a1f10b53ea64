// Run by `faults.test.ts` on a 3 MB file system: fills it with files and messages, and checks what is there afterwards.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from '../../sessions/errors.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { bring, DURATIONS, mustOpen, printOf } from './scene.ts'

const folder = join(process.argv[2] ?? '', 'data')
const codeOf = (error: unknown): string => (error instanceof StoreError ? error.code : String(error))

const store = await openStore({ folder })
const other = await store.create(DURATIONS)
await bring(other, 'other', 'o'.repeat(500_000))
await other.release()
const session = await store.create(DURATIONS)
const acknowledged: string[] = []

const fill = async (size: number): Promise<string> => {
  for (let n = 0; ; n++) {
    try {
      const { hash } = await bring(session, `f${size}-${n % 50}`, `${n} `.padEnd(size, 'x'))
      acknowledged.push(hash)
    } catch (error) {
      return codeOf(error)
    }
  }
}
const files = await fill(200_000)
await fill(4000)
let said = 0
const talk = async (): Promise<string> => {
  for (;;) {
    try {
      await session.append(printOf(`${said} `.padEnd(3000, 'm')))
      said++
    } catch (error) {
      return codeOf(error)
    }
  }
}
const messages = await talk()
await session.release().catch(() => undefined)
const lives = await mustOpen(store, session.id)
let lost = lives.events.filter((event) => event.type === 'print').length === said ? 0 : 1
for (const hash of acknowledged) {
  if (readFileSync(await lives.pathOf(hash)).length < 4000) lost++
}
await store.remove(other.id)
const afterwards = await bring(lives, 'afterwards', 'a'.repeat(200_000)).then(() => 'stored', codeOf)
process.stdout.write(JSON.stringify({ files, messages, lost, afterwards }))
await store.close()
