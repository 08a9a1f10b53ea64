// The verbs of the command line by name.
import { ask } from './ask.ts'
import { chat } from './chat.ts'
import { run } from './run.ts'

export const verbs = { ask, chat, run } as const
