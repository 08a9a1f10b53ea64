// The victim of `store-kill.test.ts`: writes files and messages to many sessions at once and prints each when it is
// acknowledged, until it is killed, from outside or by itself at the named step.
// Arguments: a random seed, `STEP:N` to die when the step comes for the Nth time, or '' to be killed from outside, and
// the data folders, each with a store of its own (without one it ends at once). Its output names a folder by its
// number.
import { createHash, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { StoredSession, SessionStore } from '../../sessions/store.ts'
import { cardOf, DURATIONS, fileOf, printOf, uploadOf } from '../sessions/scene.ts'

const [seed = '0', fate = '', ...folders] = process.argv.slice(2)
const [deadlyStep, deadlyTurn = '1'] = fate.split(':')
const SESSIONS = 4
const KEPT = 3

let turns = 0
const openIn = (folder: string): Promise<SessionStore> =>
  openStore({
    folder,
    onStep(step) {
      if (step === deadlyStep && ++turns === Number(deadlyTurn)) process.kill(process.pid, 'SIGKILL')
    },
  })

await Promise.all(folders.map(write))

/** Writes to a folder until it is killed. */
async function write(folder: string, lane: number): Promise<void> {
  let drawn = 0
  /** A whole number below `limit`. */
  const draw = (limit: number): number =>
    createHash('sha256').update(`${seed} ${lane} ${drawn++}`).digest().readUInt32LE() % limit
  const say = (fact: object): void => void writeSync(1, `${JSON.stringify({ lane, ...fact })}\n`)

  const store = await openIn(folder)
  say({ ready: true })

  const temporary = await store.temporaryFolder()
  const finalFile = async (content: Buffer) => {
    const path = join(temporary, randomBytes(8).toString('hex'))
    await writeFile(path, content)
    return { path, follow: false, isFinal: true }
  }
  const writeOne = async (session: StoredSession, n: number): Promise<void> => {
    const { id } = session
    const kind = draw(3)
    if (kind === 0) {
      await session.append([printOf(`message ${n}`), { type: 'message', text: `message ${n}` }])
      return say({ id, message: `message ${n}` })
    }
    const name = `file ${draw(8)}`
    const content = Buffer.alloc(draw(6) === 0 ? draw(100_000) : draw(4000), `${seed} ${id} ${n} `)
    const file = await session.putFile(name, draw(2) === 0 ? content : await finalFile(content))
    // Now and then another session is about to use the same bytes, or this one changes its mind.
    if (draw(8) === 0) return session.discard(file.hash)
    await session.append(
      kind === 1 ? uploadOf(name, file) : [fileOf(name, file, n), { type: 'undo', name, version: 1 }],
    )
    say({ id, ...file, name })
  }

  const writer = async (): Promise<void> => {
    const session = await store.create(DURATIONS)
    await session.append({ type: 'upload', name: 'described', card: cardOf(1) })
    for (let n = 0; ; n++) await writeOne(session, n)
  }

  const remover = async (): Promise<void> => {
    const old = (await store.list()).filter((info) => !info.inUse).slice(KEPT)
    for (const { id } of old) {
      say({ removing: id })
      await store.remove(id)
    }
  }

  await Promise.all([remover(), ...Array.from({ length: SESSIONS }, writer)])
}
