// Another process on the data folder of `processes.test.ts`. Arguments: the folder, the task, and for `hold` a session.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../sessions/sqlite/store.ts'
import { bring, DURATIONS, mustOpen } from './scene.ts'

const [folder = '', task, id = ''] = process.argv.slice(2)
if (task === 'make') {
  // The parent gives the signal, so that all start together.
  console.log('ready')
  await once(process.stdin, 'data')
  for (let n = 0; n < 100; n++) await (await openStore({ folder: join(folder, String(n)) })).close()
  console.log('made')
  process.exit(0)
}
const store = await openStore({ folder })

if (task === 'hold') {
  await mustOpen(store, id)
  console.log('held')
  setInterval(() => undefined, 1000)
} else {
  for (let round = 0; round < 15; round++) {
    const session = await store.create(DURATIONS)
    for (let n = 0; n < 5; n++) {
      const { hash } = await bring(session, 'twin', `content ${n}`)
      if (readFileSync(await session.pathOf(hash), 'utf8') !== `content ${n}`) throw new Error('torn')
    }
    await session.release()
    await store.remove(session.id)
    await store.sweep()
  }
  await store.close()
  console.log('done')
}
