// `easel chat`: a conversation; each line is a turn or a slash command.
import { createInterface, type Interface } from 'node:readline'
import type { Planner } from '../../planner/planner.ts'
import type { Interrupt } from '../interrupts.ts'
import { COMMANDS, runSlashCommand } from './slash-commands.ts'
import {
  startSession,
  addFiles,
  showPlanner,
  showNotice,
  runCliTurn,
  withCliSession,
  type CommandContext,
  type CliEnvironment,
} from '../command-context.ts'

/** Returns the exit code: 0 at a terminal; from a pipe 1 if a turn failed. */
export function chat(environment: CliEnvironment): Promise<number> {
  return withCliSession(environment, async (context) => {
    const { sink } = context
    const [planner] = await Promise.all([environment.planner(), startSession(context), context.outputs.check()])
    await showPlanner(environment, sink, planner)
    const files = await addFiles(context, environment.args.files)
    const atTerminal = environment.screen.moving && environment.input.isTTY && !environment.args.json
    if (atTerminal) await showNotice(sink, COMMANDS)
    const failures = await converse(environment, { ...context, planner }, files, atTerminal)
    return failures > 0 && !atTerminal ? 1 : 0
  })
}

interface ChatContext extends CommandContext {
  readonly planner: Planner
}

/** Reads lines until the end of input; returns how many turns failed. */
async function converse(
  environment: CliEnvironment,
  context: ChatContext,
  first: string[],
  atTerminal: boolean,
): Promise<number> {
  const lines = openLines(environment, atTerminal)
  let files = first
  let failures = 0
  let stopped = false
  let ended = false
  lines.on('close', () => (ended = true))
  const stop = (signal: Interrupt): void => {
    stopped ||= signal !== 'SIGINT' || !atTerminal
  }
  const release = environment.interrupts.during(() => lines.close())
  const prompt = (): void => void (atTerminal && !ended && lines.prompt())
  prompt()
  for await (const typed of lines) {
    const text = typed.trim()
    if (text === '/quit' || text === '/exit') break
    if (text.startsWith('/')) files = [...files, ...(await runSlashCommand(text, environment, context))]
    else if (text !== '') {
      failures += await runCliTurn(environment, context, { text, files }, stop)
      files = []
    }
    if (stopped) break
    prompt()
  }
  release()
  lines.close()
  return failures
}

function openLines({ input, interrupts, args, screen }: CliEnvironment, atTerminal: boolean): Interface {
  const lines = createInterface(
    atTerminal
      ? { input, output: process.stdout, prompt: '\n› ', historySize: 500 }
      : { input, terminal: false, prompt: '' },
  )
  if (!atTerminal) return lines
  // At a terminal, Ctrl-C arrives as a key.
  lines.on('SIGINT', () => interrupts.interrupt('SIGINT'))
  lines.on('close', () => args.json || screen.out('\n'))
  return lines
}
