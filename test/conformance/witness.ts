// Loaded before a snippet that runs in plain Node: tells on descriptor 3 what it threw, in the sandbox's words.
import { writeSync } from 'node:fs'

process.on('uncaughtException', (error: unknown) => {
  const { name = 'Error', message } = (error ?? {}) as Partial<Error>
  writeSync(3, typeof error === 'object' && error ? `${name}: ${message}` : `Uncaught: ${String(error)}`)
  process.exit(1)
})
