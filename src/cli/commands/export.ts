// `easel export ID -o out.zip`: a session as a Node project that makes the same files without Easel.
import { resolve } from 'node:path'
import { reasonOf, formatBytes, shortPath } from '../rendering/messages.ts'
import { openService, type CliEnvironment } from '../command-context.ts'

/** Returns the exit code. */
export async function exportSession({ args, config, screen }: CliEnvironment): Promise<number> {
  const { subject: id, out, json } = args
  const fail = (code: string, message: string): number => {
    if (json) screen.out(`${JSON.stringify({ type: 'end', status: 'failed', code, message })}\n`)
    screen.err(`easel: ${message}\n`)
    return 1
  }
  const service = openService(config)
  try {
    const path = resolve(out ?? `easel-${id.slice(0, 8)}.zip`)
    const made = await service.export(id, path)
    if (!made) return fail('session_unknown', `There is no session ${id}, or it has expired. See easel sessions.`)
    const { cells, files, bytes, notes } = made
    if (json) {
      for (const text of notes) screen.out(`${JSON.stringify({ type: 'notice', text })}\n`)
      const name = shortPath(path)
      screen.out(`${JSON.stringify({ type: 'file', cell: 0, name, path, mime: 'application/zip', bytes })}\n`)
      screen.out(`${JSON.stringify({ type: 'end', status: 'ok' })}\n`)
    } else {
      screen.out(`✔ ${shortPath(path)}   ${formatBytes(bytes)}, ${many(cells, 'cell')}, ${many(files, 'file')}\n`)
      for (const note of notes) screen.out(`${note}\n`)
      screen.out('Unpack it, then: npm install && npm start\n')
    }
    return 0
  } catch (error) {
    const { code = 'EASEL_EXPORT' } = error as { code?: string }
    return fail(code, reasonOf(error))
  } finally {
    await service.close()
  }
}

function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
