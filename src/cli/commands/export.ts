// `easel export ID -o out.zip`: a session as a Node project that makes the same files without Easel.
import { resolve } from 'node:path'
import { openStore } from '../../../sessions/sqlite/store.ts'
import { exportProject } from '../../export/project.ts'
import { reasonOf, sayBytes, shortPath } from '../rendering/messages.ts'
import type { CliEnvironment } from '../command-context.ts'

/** Gives the exit code. */
export async function exportSession({ args, config, screen }: CliEnvironment): Promise<number> {
  const { subject: id, out, json } = args
  const { folder, limits } = config.sessions
  const fail = (code: string, message: string): number => {
    if (json) screen.out(`${JSON.stringify({ type: 'end', status: 'failed', code, message })}\n`)
    screen.err(`easel: ${message}\n`)
    return 1
  }
  const store = await openStore({ folder, limits: { ...config.limits, ...limits } })
  try {
    const view = await store.read(id)
    if (!view) return fail('session_unknown', `There is no session ${id}, or it has expired. See easel sessions.`)
    const path = resolve(out ?? `easel-${id.slice(0, 8)}.zip`)
    const { cells, files, bytes, notes } = await exportProject(await view.whole(), path)
    if (json) {
      for (const text of notes) screen.out(`${JSON.stringify({ type: 'notice', text })}\n`)
      const name = shortPath(path)
      screen.out(`${JSON.stringify({ type: 'file', cell: 0, name, path, mime: 'application/zip', bytes })}\n`)
      screen.out(`${JSON.stringify({ type: 'end', status: 'ok' })}\n`)
    } else {
      screen.out(`✔ ${shortPath(path)}   ${sayBytes(bytes)}, ${many(cells, 'cell')}, ${many(files, 'file')}\n`)
      for (const note of notes) screen.out(`${note}\n`)
      screen.out('Unpack it, then: npm install && npm start\n')
    }
    return 0
  } catch (error) {
    const { code = 'EASEL_EXPORT' } = error as { code?: string }
    return fail(code, reasonOf(error))
  } finally {
    await store.close()
  }
}

function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
