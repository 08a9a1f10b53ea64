// The composition root: reads what was asked, picks the verb, hands the rooms to each other.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readArguments } from './cli/arguments.ts'
import { helpText } from './cli/help.ts'
import type { Screen } from './cli/renderer.ts'
import * as verbs from './cli/verbs.ts'
import { readConfig, UsageError, type Config } from './config.ts'
import type { Planner } from './planner/planner.ts'
import { productFolder } from '../sandbox/product.ts'

/** Runs one command line and gives its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const screen: Screen = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  }
  try {
    const args = readArguments(argv)
    if (args.verb === 'help') screen.out(helpText())
    else if (args.verb === 'version') screen.out(`${version()}\n`)
    else {
      const config = readConfig({ timeout: args.timeout, model: args.model }, process.env)
      const setting = { args, config, screen, input: process.stdin, planner: () => choosePlanner(config), onInterrupt }
      return await verbs[args.verb](setting)
    }
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    screen.err(`easel: ${error.message}\n`)
    return 2
  }
}

/** The model where one is connected, else the phrasebook; only the chosen one is loaded. */
async function choosePlanner({ model }: Config): Promise<Planner> {
  if (model) return (await import('./planner/openai.ts')).createOpenAiPlanner(model)
  return (await import('./planner/builtin/builtin.ts')).builtinPlanner()
}

let interrupt: (() => void) | undefined
function onInterrupt(cancel: () => void): void {
  if (!interrupt) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted(signal))
  interrupt = cancel
}

let interrupts = 0
function interrupted(signal: 'SIGINT' | 'SIGTERM'): void {
  if (++interrupts > 1) process.exit(signal === 'SIGINT' ? 130 : 143)
  interrupt?.()
  setTimeout(() => (interrupts = 0), 2000).unref()
}

function version(): string {
  const { version: number } = JSON.parse(readFileSync(join(productFolder(), 'package.json'), 'utf8')) as { version: string }
  return number
}

// A reader that goes away (easel … | head) is no error.
process.stdout.on('error', () => process.exit(0))
