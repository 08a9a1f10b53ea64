// Loaded before a snippet that runs in plain Node: tells on descriptor 3 what it threw, in the sandbox's words.
import { writeSync } from 'node:fs'

process.on('uncaughtException', (error: unknown) => {
  const isObject = error !== null && typeof error === 'object'
  const { name, message } = error as Error
  writeSync(3, isObject ? `${name}: ${message}` : `Uncaught: ${String(error)}`)
  process.exit(1)
})
