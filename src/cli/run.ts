// `easel run`: one snippet, no planner.
import { readFile } from 'node:fs/promises'
import { runCell } from '../cell.ts'
import { UploadError } from './uploads.ts'
import { reasonOf } from './wording.ts'
import { bring, exitCode, withSession, type Setting } from './work.ts'

/** Gives the exit code. */
export function run(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door) => {
    const code = await readSnippet(setting.args.subject)
    await bring(session, door, setting.args.files)
    const cancel = new AbortController()
    const release = setting.interrupts.during(() => cancel.abort())
    const events = runCell(session, { code }, cancel.signal)
    for (let next = await events.next(); ; next = await events.next()) {
      if (!next.done) {
        session.journal.append(next.value)
        await door.show(next.value)
        continue
      }
      release()
      const { status, code: reason, message } = next.value
      const why = status === 'ok' ? {} : { code: reason, message: message ?? `The snippet was ${status}.` }
      return exitCode(await door.show({ type: 'end', status, ...why }))
    }
  })
}

async function readSnippet(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const shown = JSON.stringify(path)
    if (code === 'ENOENT') throw new UploadError(`There is no snippet ${shown}.`)
    if (code === 'EISDIR') throw new UploadError(`${shown} is a folder; name a snippet, a file of TypeScript.`)
    throw new UploadError(`The snippet cannot be read: ${reasonOf(error)}`)
  }
}
