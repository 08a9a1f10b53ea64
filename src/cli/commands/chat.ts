// `easel chat`: a conversation; a line is a turn, and a few commands begin with a slash.
import { createInterface, type Interface } from 'node:readline'
import type { Planner } from '../../planner/planner.ts'
import type { Interrupt } from '../interrupts.ts'
import { COMMANDS, obey } from './slash-commands.ts'
import { begin, bring, introduce, say, turn, withSitting, type CommandContext, type Setting } from '../command-context.ts'

/** Gives the exit code: at a terminal 0, from a pipe 1 when a turn failed. */
export function chat(setting: Setting): Promise<number> {
  return withSitting(setting, async (place) => {
    const { door } = place
    const [planner] = await Promise.all([setting.planner(), begin(place), place.outputs.check()])
    await introduce(setting, door, planner)
    const files = await bring(place, setting.args.files)
    const atTerminal = setting.screen.moving && setting.input.isTTY && !setting.args.json
    if (atTerminal) await say(door, COMMANDS)
    const failures = await converse(setting, { ...place, planner }, files, atTerminal)
    return failures > 0 && !atTerminal ? 1 : 0
  })
}

interface ChatContext extends CommandContext {
  readonly planner: Planner
}

/** Reads lines until there are no more; gives how many turns failed. */
async function converse(setting: Setting, rooms: ChatContext, first: string[], atTerminal: boolean): Promise<number> {
  const lines = openLines(setting, atTerminal)
  let files = first
  let failures = 0
  let stopped = false
  let ended = false
  lines.on('close', () => (ended = true))
  const stop = (signal: Interrupt): void => {
    stopped ||= signal !== 'SIGINT' || !atTerminal
  }
  const release = setting.interrupts.during(() => lines.close())
  const prompt = (): void => void (atTerminal && !ended && lines.prompt())
  prompt()
  for await (const typed of lines) {
    const text = typed.trim()
    if (text === '/quit' || text === '/exit') break
    if (text.startsWith('/')) files = [...files, ...(await obey(text, setting, rooms))]
    else if (text !== '') {
      failures += await turn(setting, rooms, { text, files }, stop)
      files = []
    }
    if (stopped) break
    prompt()
  }
  release()
  lines.close()
  return failures
}

function openLines({ input, interrupts, args, screen }: Setting, atTerminal: boolean): Interface {
  const lines = createInterface(
    atTerminal
      ? { input, output: process.stdout, prompt: '\n› ', historySize: 500 }
      : { input, terminal: false, prompt: '' },
  )
  if (!atTerminal) return lines
  // In a terminal Ctrl-C arrives as a key.
  lines.on('SIGINT', () => interrupts.interrupt('SIGINT'))
  lines.on('close', () => args.json || screen.out('\n'))
  return lines
}
