// `easel serve`: serves the page and its API until an interrupt.
import { openStore } from '../../../sessions/sqlite/store.ts'
import { createSessionService } from '../../runtime/session-service.ts'
import { wallNotice } from '../../process-wall/levels.ts'
import { wallLevel } from '../../process-wall/wall.ts'
import { UsageError } from '../../config/config.ts'
import type { CliEnvironment } from '../command-context.ts'
import { reasonOf } from '../rendering/messages.ts'

/** Grace period for running turns; `interrupts.ts` allows 5 s in total. */
const GRACE_MS = 3000

/** Returns the exit code: 0 after an interrupt, 1 if it cannot listen. */
export async function serve({
  args,
  config,
  screen,
  interrupts,
  env,
  planner: load,
  startProcesses,
}: CliEnvironment): Promise<number> {
  // Loaded here because no other command needs it.
  const { readServerSettings } = await import('../../http/settings.ts')
  const { listen } = await import('../../http/server.ts')
  const settings = readServerSettings(args, env, config)
  const { host, port } = settings
  const ended = Promise.withResolvers<void>()
  const release = interrupts.during(() => ended.resolve())
  const { limits, sessions, spending } = config
  const [planner, store] = await Promise.all([
    load(),
    openStore({ folder: sessions.folder, limits: { ...limits, ...sessions.limits } }),
  ])
  const log = (line: string): void => screen.err(`easel: ${line}\n`)
  const createService = (onIdle: (id: string) => void) =>
    createSessionService({
      store: Promise.resolve(store),
      dataFolder: sessions.folder,
      limits,
      spending,
      requireSandbox: args.requireSandbox,
      yields: true,
      spare: 1,
      startProcesses,
      fetch: config.noFetch ? false : undefined,
      onIdle,
    })
  try {
    const server = await listen({ host, port, store, planner, settings, createService, log })
    screen.out(`Easel is at ${server.url}${settings.token === undefined ? '' : '/?token=… (your token)'}\n`)
    screen.out(`${planner.description.replace(/\.$/, '')}. Ctrl-C ends it.\n`)
    const notice = wallNotice(wallLevel())
    if (notice !== undefined) screen.err(`${notice}\n`)
    await ended.promise
    screen.out('Ending: running turns get a moment.\n')
    await server.close(GRACE_MS)
    return 0
  } catch (error) {
    throw listenError(error, host, port)
  } finally {
    release()
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new UsageError(`The port ${port} is taken. Choose another: easel serve --port ${port + 1}.`)
  if (code === 'EACCES') return new UsageError(`The port ${port} may not be used. Choose one above 1023 with --port.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new UsageError(`--host ${host} is no address of this machine (${reasonOf(error)}).`)
  return error
}
