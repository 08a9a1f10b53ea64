// `easel sessions` lists the stored sessions; `easel sessions rm ID...` deletes some.
import type { SessionInfo } from '../../../sessions/store.ts'
import { UsageError } from '../../config/config.ts'
import { reasonOf, formatBytes, formatDuration } from '../rendering/messages.ts'
import { openService, type CliEnvironment } from '../command-context.ts'
import type { SessionService } from '../../runtime/session-service.ts'

/** Returns the exit code: 1 if a session to remove does not exist or is in use. */
export async function sessions(environment: CliEnvironment): Promise<number> {
  const { subject, files } = environment.args
  if (subject !== '' && subject !== 'rm')
    throw new UsageError(`There is no "easel sessions ${subject}". Try easel sessions, or easel sessions rm ID.`)
  if (subject === 'rm' && files.length === 0)
    throw new UsageError('easel sessions rm needs an id: easel sessions rm ID. See easel sessions.')
  const service = openService(environment.config)
  try {
    return subject === 'rm' ? await remove(service, files, environment) : await list(service, environment)
  } finally {
    await service.close()
  }
}

async function list(service: SessionService, { args, screen, config }: CliEnvironment): Promise<number> {
  await service.sweep()
  const all = await service.list()
  if (args.json) {
    for (const info of all) screen.out(`${JSON.stringify({ type: 'info', ...datesOf(info) })}\n`)
    return 0
  }
  const { bytes, limit } = await service.size()
  const rows = [['ID', 'AGE', 'SIZE', 'FILES', 'STATE'], ...all.map((info) => rowOf(info, Date.now()))]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  if (all.length === 0) screen.out(`No sessions in ${config.sessions.folder}.\n`)
  else
    for (const row of rows)
      screen.out(
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
      )
  screen.out(`${formatBytes(bytes)} of ${formatBytes(limit)} in ${config.sessions.folder}\n`)
  return 0
}

function rowOf(info: SessionInfo, now: number): string[] {
  const { id, createdAt, bytes, files } = info
  return [id, formatDuration(now - createdAt), formatBytes(bytes), String(files), stateOf(info, now)]
}

function stateOf({ inUse, state, idleAt, expiresAt }: SessionInfo, now: number): string {
  const kept = `deleted in ${formatDuration(expiresAt - now)}`
  if (inUse) return 'in use'
  return state === 'living' ? `idle in ${formatDuration(idleAt - now)}, ${kept}` : `idle, ${kept}`
}

function datesOf(info: SessionInfo) {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const { createdAt, activeAt, idleAt, expiresAt, ...rest } = info
  return { ...rest, createdAt: iso(createdAt), activeAt: iso(activeAt), idleAt: iso(idleAt), expiresAt: iso(expiresAt) }
}

async function remove(service: SessionService, ids: readonly string[], { screen }: CliEnvironment): Promise<number> {
  let failures = 0
  for (const id of ids) {
    const problem = await service.remove(id).then(
      (was) => (was ? undefined : `There is no session ${id}.`),
      (error: unknown) => reasonOf(error),
    )
    if (problem === undefined) screen.out(`Deleted ${id}.\n`)
    else screen.err(`easel: ${problem}\n`)
    failures += problem === undefined ? 0 : 1
  }
  return failures > 0 ? 1 : 0
}
