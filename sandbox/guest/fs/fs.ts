// `node:fs` and `node:fs/promises` of the sandbox: promises and callbacks over the synchronous calls.
import * as sync from './sync.ts'
import type * as Streams from './streams.ts'

declare const require: (name: string) => typeof Streams

type Run = (...args: never[]) => unknown

const NAMES = [
  'readFile', 'writeFile', 'appendFile', 'copyFile', 'stat', 'access', 'readdir',
  'mkdir', 'rm', 'unlink', 'rmdir', 'rename', 'realpath', 'truncate',
] as const

const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, COPYFILE_FICLONE: 2, COPYFILE_FICLONE_FORCE: 4 }

const runs = Object.fromEntries(NAMES.map((name) => [name, sync[`${name}Sync`] as Run])) as Record<string, Run>
runs.lstat = sync.statSync as Run

/** What `node:fs/promises` exports. */
export const promisesModule: Record<string, unknown> = {
  constants,
  ...mapped((run) => async (...args: never[]) => run(...args)),
}

/** What `node:fs` exports. */
export const fsModule: Record<string, unknown> = {
  ...sync,
  lstatSync: sync.statSync,
  pathOf: undefined,
  constants,
  ...constants,
  promises: promisesModule,
  createReadStream: (...args: Parameters<typeof Streams.createReadStream>) => require('./streams.ts').createReadStream(...args),
  createWriteStream: (...args: Parameters<typeof Streams.createWriteStream>) => require('./streams.ts').createWriteStream(...args),
  exists: (path: sync.PathLike, done: (found: boolean) => void) => queueMicrotask(() => done(sync.existsSync(path))),
  ...mapped((run, name) => (...args: unknown[]) => {
    const done = args.pop()
    if (typeof done !== 'function') {
      const text = `The "cb" argument must be of type function. Received ${done === undefined ? 'undefined' : typeof done}`
      throw Object.assign(new TypeError(text), { code: 'ERR_INVALID_ARG_TYPE', where: name })
    }
    setImmediate(() => {
      let value: unknown
      try {
        value = run(...(args as never[]))
      } catch (error) {
        return void done(error)
      }
      done(null, value)
    })
  }),
}
delete fsModule.pathOf

function mapped(wrap: (run: Run, name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, wrap(run, name)]))
}
