// Worker threads for the product's own use only. A thread starts with every permission that the process started with
// (Node 26.10), including those dropped since, and with its own `execArgv` it has no permission model at all. So no
// other code may get hold of the class.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import type * as Threads from 'node:worker_threads'

const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker?: typeof Threads.Worker }
const Worker = threads.Worker as typeof Threads.Worker

/** Starts a thread that runs the module at `url`, without an environment and with the process's own Node flags only. */
export function startThread(url: URL): Threads.Worker {
  return new Worker(url, { env: {}, argv: [] })
}

/** Removes the class from Node's module. */
export function hideThreads(): void {
  delete threads.Worker
  syncBuiltinESMExports()
}
