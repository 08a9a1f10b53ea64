// Loaded before a snippet that runs in plain Node: reports what it threw on descriptor 3, in the sandbox's format.
import { writeSync } from 'node:fs'

process.on('uncaughtException', (error: unknown) => {
  const { name = 'Error', message } = (error ?? {}) as Partial<Error>
  writeSync(3, typeof error === 'object' && error ? `${name}: ${message}` : `Uncaught: ${String(error)}`)
  process.exit(1)
})
