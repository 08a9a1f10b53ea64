// Worker threads for the product's own use. A thread begins with all permissions that the process began with (Node 26.10), those
// it has given up since among them, and with arguments of its own (`execArgv`) it has no permission model at all: so nobody
// else is to find the class.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import type * as Threads from 'node:worker_threads'

const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker?: typeof Threads.Worker }
const Worker = threads.Worker as typeof Threads.Worker

/** Starts a thread that runs the module at `url`, with no environment and no arguments but the process's own for Node. */
export function startThread(url: URL): Threads.Worker {
  return new Worker(url, { env: {}, argv: [] })
}

/** Takes the class out of Node's module. */
export function hideThreads(): void {
  delete threads.Worker
  syncBuiltinESMExports()
}
