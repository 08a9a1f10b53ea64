// `node:fs` and `node:fs/promises` of the sandbox: promises and callbacks over the synchronous calls.
import { argumentTypeError } from '../core/node-error.ts'
import { encodingIn, collectContents, type PathLike } from './arguments.ts'
import * as sync from './sync.ts'
import type * as Streams from './streams.ts'

declare const require: (name: string) => typeof Streams

type Run = (...args: never[]) => unknown

const NAMES = [
  'readFile',
  'writeFile',
  'appendFile',
  'copyFile',
  'stat',
  'access',
  'readdir',
  'mkdir',
  'rm',
  'unlink',
  'rmdir',
  'rename',
  'realpath',
  'truncate',
  'lstat',
  'cp',
  'mkdtemp',
] as const

const constants = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  COPYFILE_EXCL: 1,
  COPYFILE_FICLONE: 2,
  COPYFILE_FICLONE_FORCE: 4,
}

const runs = Object.fromEntries(NAMES.map((name) => [name, sync[`${name}Sync`] as Run])) as Record<string, Run>

export const promisesModule: Record<string, unknown> = {
  constants,
  ...mapped(
    (run, name) =>
      async (...args: never[]) =>
        runPromised(run, name, args),
  ),
}

/** Contents may be iterables here; only readFile's error differs from the synchronous form's. */
async function runPromised(run: Run, name: string, args: never[]): Promise<unknown> {
  if (name === 'writeFile' || name === 'appendFile')
    args[1] = (await collectContents(args[1], encodingIn(args[2]))) as never
  try {
    return run(...args)
  } catch (error) {
    throw name === 'readFile' ? withPath(error as NodeJS.ErrnoException, args[0]) : error
  }
}

/** When reading a folder, only the promise form's error includes the path. */
function withPath(error: NodeJS.ErrnoException, path: unknown): Error {
  if (error.syscall === 'read' && error.path === undefined) {
    error.path = String(path)
    error.message += ` '${error.path}'`
  }
  return error
}

export const fsModule: Record<string, unknown> = {
  ...sync,
  constants,
  ...constants,
  promises: promisesModule,
  createReadStream: (...args: Parameters<typeof Streams.createReadStream>) =>
    require('./streams.ts').createReadStream(...args),
  createWriteStream: (...args: Parameters<typeof Streams.createWriteStream>) =>
    require('./streams.ts').createWriteStream(...args),
  exists: (path: PathLike, done: (found: boolean) => void) => queueMicrotask(() => done(sync.existsSync(path))),
  ...mapped((run) => (...args: unknown[]) => {
    while (args.length > 1 && args.at(-1) === undefined) args.pop()
    const done = args.pop()
    if (typeof done !== 'function') throw argumentTypeError('cb', 'of type function', done)
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

function mapped(wrap: (run: Run, name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, wrap(run, name)]))
}
