// `easel run`: runs one snippet without a planner.
import { readFile } from 'node:fs/promises'
import { UploadError } from '../uploads.ts'
import { reasonOf } from '../rendering/messages.ts'
import { startSession, addFiles, runSingleCell, withCliSession, type CliEnvironment } from '../command-context.ts'

/** Returns the exit code. */
export function run(environment: CliEnvironment): Promise<number> {
  return withCliSession(environment, async (context) => {
    const code = await readSnippet(environment.args.subject)
    const session = await startSession(context)
    await addFiles(context, environment.args.files)
    return runSingleCell(environment, context, (signal) => session.run({ code }, signal))
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
