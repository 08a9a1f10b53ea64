// The composition root: parses the command line, picks the command and wires up its dependencies.
import { readArguments } from './cli/arguments.ts'
import { helpText } from './cli/commands/help.ts'
import { createInterrupts, type Interrupts } from './cli/interrupts.ts'
import { createScreen, type Stream } from './cli/rendering/screen.ts'
import { verboseVersion, version } from './cli/commands/version.ts'
import { reasonOf } from './cli/rendering/messages.ts'
import type { CliEnvironment } from './cli/command-context.ts'
import { readConfig, UsageError, type Config } from './config/config.ts'
import type { Planner } from './planner/planner.ts'
import { isLocal } from './spending/prices.ts'
import { demandPrices } from './spending/settings.ts'

/** The streams, environment and signals of a command line: the process's own, or a test's. */
export interface ProgramIO extends Pick<CliEnvironment, 'env' | 'input' | 'startProcesses'> {
  readonly stdout: Stream
  readonly stderr: Stream
  /** Listens for interrupts. */
  readonly interrupts: () => Interrupts
}

/** Runs one command line and returns its exit code. */
export async function main(argv: readonly string[], io: ProgramIO = processIO()): Promise<number> {
  const { env, input, startProcesses } = io
  const screen = createScreen(io.stdout, io.stderr, env)
  try {
    const args = readArguments(argv)
    if (args.verb === 'help') return print(helpText())
    if (args.verb === 'version') return print(`${args.verbose ? await verboseVersion() : version()}\n`)
    const config = readConfig(args, env)
    if (args.verb === 'ask' || args.verb === 'chat' || args.verb === 'serve') await checkPrices(config)
    const interrupts = io.interrupts()
    const planner = (): Promise<Planner> => choosePlanner(config)
    const environment: CliEnvironment = { args, config, screen, interrupts, input, env, planner, startProcesses }
    const { runCommand } = await import('./cli/commands.ts')
    return await runCommand(args.verb, environment)
  } catch (error) {
    screen.err(`easel: ${reasonOf(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }

  function print(text: string): number {
    screen.out(text)
    return 0
  }
}

function processIO(): ProgramIO {
  const { env, stdin: input, stdout, stderr } = process
  return { env, input, stdout, stderr, interrupts: createInterrupts }
}

/** The model if one is configured, else the phrasebook; only the chosen planner is loaded. */
async function choosePlanner({ model, sessions }: Config): Promise<Planner> {
  if (model) return connectPlanner(model, sessions.folder)
  return (await import('./phrasebook/planner.ts')).createPhrasebookPlanner()
}

async function connectPlanner(model: NonNullable<Config['model']>, folder: string): Promise<Planner> {
  const [
    { createOpenAiPlanner, DEFAULT_MODEL },
    { createCompactingPlanner },
    { contextOf },
    { unsupportedFeatureCachePath: capabilityCachePath, openUnsupportedFeatureCache: openCapabilityCache },
  ] = await Promise.all([
    import('./planner/openai/planner.ts'),
    import('./planner/compaction/compacting-planner.ts'),
    import('./planner/compaction/context.ts'),
    import('./planner/openai/unsupported-feature-cache.ts'),
  ])
  const [first = DEFAULT_MODEL] = namesOf(model.model ?? DEFAULT_MODEL)
  const published = isLocal(model.baseUrl) ? undefined : contextOf(first)
  return createCompactingPlanner(
    createOpenAiPlanner({ ...model, book: openCapabilityCache(capabilityCachePath(folder)) }),
    model.context ?? published,
  )
}

/** Throws a UsageError before anything starts if a cost budget is set but could not be enforced: a price is unknown. */
async function checkPrices({ model, spending }: Config): Promise<void> {
  const { turnCost, sessionCost } = spending.budgets
  if (!model || (turnCost ?? sessionCost) === undefined) return
  const { DEFAULT_MODEL } = await import('./planner/openai/planner.ts')
  demandPrices(spending, namesOf(model.model ?? DEFAULT_MODEL))
}

/** Model names in the order in which they are tried. */
function namesOf(list: string): string[] {
  const names = list.split(',').map((name) => name.trim())
  return names.filter(Boolean)
}
