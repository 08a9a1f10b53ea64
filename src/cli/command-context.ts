// Shared by the commands: a session that is always closed, uploads, the planner's introduction, turns and cells.
import type { Event, EventOf } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { Config } from '../config/config.ts'
import { describeFileProblem } from '../file-problem.ts'
import type { Language } from '../phrasebook/parsing/language.ts'
import type { Planner } from '../planner/planner.ts'
import { wallNotice } from '../process-wall/levels.ts'
import { wallLevel } from '../process-wall/wall.ts'
import type { StartProcesses } from '../runtime/processes.ts'
import { createSessionService, type SessionService } from '../runtime/session-service.ts'
import type { Session } from '../runtime/session.ts'
import { spentOf } from '../spending/budget.ts'
import { formatSpent } from '../spending/messages.ts'
import type { Arguments } from './arguments.ts'
import { createSink, createJsonDisplay, type OutputSink } from './output-sink.ts'
import type { Interrupt, Interrupts } from './interrupts.ts'
import { createOutputs, type Outputs } from './output-files.ts'
import { createRenderer } from './rendering/renderer.ts'
import type { Screen } from './rendering/screen.ts'
import { openCliSession, type CliSession } from './cli-session.ts'
import { reasonOf, formatNotAdded, formatSheets, escapeName } from './rendering/messages.ts'

/** A parsed command line with its configuration and environment. */
export interface CliEnvironment {
  readonly args: Arguments
  readonly config: Config
  readonly screen: Screen
  readonly input: NodeJS.ReadStream
  readonly interrupts: Interrupts
  readonly env: NodeJS.ProcessEnv
  /** Starts other processes; only in tests. */
  readonly startProcesses?: StartProcesses | undefined
  /** Loads the planner. */
  readonly planner: () => Promise<Planner>
}

/** The dependencies of a command. */
export interface CommandContext {
  readonly cliSession: CliSession
  readonly sink: OutputSink
  readonly outputs: Outputs
}

/** The session service for commands that need no sandbox; must be closed. */
export function openService({ limits, sessions }: Config): SessionService {
  const store = openStore({ folder: sessions.folder, limits: { ...limits, ...sessions.limits } })
  store.catch(() => undefined)
  return createSessionService({ store, limits })
}

/** Runs `work` with a session that is always closed; returns the exit code, 1 if it throws or is interrupted. */
export async function withCliSession(
  environment: CliEnvironment,
  work: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { args, config, interrupts, startProcesses } = environment
  const interrupted = Promise.withResolvers<number>()
  const release = interrupts.during(() => interrupted.resolve(1))
  const outputs = createOutputs(args.outDir)
  const surface = displayFor(environment)
  const { requireSandbox, session: id, verb } = args
  let cliSession: CliSession | undefined
  let sink = createSink(outputs, { file: () => Promise.resolve(undefined) }, surface)
  try {
    cliSession = openCliSession({
      config,
      requireSandbox,
      id,
      verb,
      startProcesses,
      idled: (text) => void showNotice(sink, text),
    })
    sink = createSink(outputs, cliSession, surface)
    const working = work({ cliSession, sink, outputs })
    working.catch(() => undefined)
    const outcome = await Promise.race([working, interrupted.promise.then(() => undefined)])
    return outcome ?? exitCode(await sink.show(CANCELLED))
  } catch (error) {
    const { code = 'EASEL_FAILED' } = error as { code?: string }
    return exitCode(await sink.show({ type: 'end', status: 'failed', code, message: reasonOf(error) }))
  } finally {
    await cliSession?.close()
    release()
  }
}

const CANCELLED = { type: 'end', status: 'cancelled', code: 'EASEL_CANCELLED', message: 'Cancelled.' } as const

function displayFor({ args, config, screen }: CliEnvironment) {
  if (args.json) return createJsonDisplay(screen)
  if (args.verb === 'run') return createRenderer(screen, { layout: 'bare', values: 'plain' })
  // The phrasebook answers in sentences; the last values of its snippets would add nothing.
  return createRenderer(screen, { layout: 'told', values: config.model ? 'grey' : 'none' })
}

/** Opens the session, after a notice about the process wall if it is not the strongest. */
export async function startSession({ cliSession, sink }: CommandContext): Promise<Session> {
  const session = await cliSession.session(sink)
  const notice = wallNotice(wallLevel())
  if (notice !== undefined) await showNotice(sink, notice)
  return session
}

/** A problem of a file in the session. */
export interface FileProblem {
  readonly name: string
  readonly sentence: string
}

interface AddFilesOptions {
  /** Language of the request that the files are for, if known. */
  readonly language?: Language
  /** Collects the problems of added files; without it they are shown immediately. */
  readonly held?: FileProblem[] | undefined
}

/** Adds files and shows them; returns their names. Throws an UploadError or FileRefused. */
export async function addFiles(
  { cliSession, sink }: CommandContext,
  paths: readonly string[],
  { language = 'en', held }: AddFilesOptions = {},
): Promise<string[]> {
  const names: string[] = []
  if (paths.length === 0) return names
  for await (const brought of cliSession.upload(sink, paths)) {
    const { path } = brought
    if ('problem' in brought) {
      await showNotice(sink, formatNotAdded(path, brought.problem, language))
      continue
    }
    const { event } = brought
    await sink.show(event)
    const { name, card } = event
    if (path !== name && !path.endsWith(`/${name}`))
      await showNotice(sink, `${escapeName(path)} is called ${escapeName(name)} here.`)
    const sentence = describeFileProblem(card, language)
    if (sentence !== undefined && held) held.push({ name, sentence })
    else if (sentence !== undefined) await showNotice(sink, `${escapeName(name)}: ${sentence}`)
    const sheets = formatSheets(card, language)
    if (sheets !== undefined) await showNotice(sink, `${escapeName(name)}: ${sheets}`)
    names.push(name)
  }
  return names
}

/** A sink that shows, at the end of a turn, the problems of files that the answer has not mentioned. */
export function withFileProblems(sink: OutputSink, troubles: readonly FileProblem[]): OutputSink {
  let answer = ''
  return {
    async show(event) {
      if (event.type === 'message') answer += event.text
      if (event.type === 'end') {
        const untold = troubles.filter(({ name, sentence }) => !answer.includes(name) || !answer.includes(sentence))
        for (const { name, sentence } of untold) await showNotice(sink, `${escapeName(name)}: ${sentence}`)
      }
      return sink.show(event)
    },
  }
}

/** Shows which planner answers, and an option that it does not use. */
export async function showPlanner({ config }: CliEnvironment, sink: OutputSink, planner: Planner): Promise<void> {
  await showNotice(sink, planner.description)
  if (config.modelIgnored) {
    await showNotice(
      sink,
      `--model ${config.modelIgnored} is not used: set OPENAI_API_KEY or OPENAI_BASE_URL to connect it.`,
    )
  }
}

/** Shows a line that is not part of the conversation. */
export function showNotice(sink: OutputSink, text: string): Promise<Event> {
  return sink.show({ type: 'notice', text })
}

/** Runs a turn and shows it as it happens, then its usage; an interrupt cancels it and calls `stopped`. */
export async function runCliTurn(
  { interrupts, args }: CliEnvironment,
  { cliSession, sink, planner }: CommandContext & { readonly planner: Planner },
  request: { readonly text: string; readonly files: readonly string[] },
  stopped: (signal: Interrupt) => void = () => undefined,
): Promise<number> {
  const session = await cliSession.session(sink)
  const cancel = new AbortController()
  const release = interrupts.during((signal) => {
    stopped(signal)
    cancel.abort()
  })
  let end: EventOf<'end'> = { type: 'end', status: 'failed' }
  const usage: Event[] = []
  try {
    for await (const event of session.turn(planner, request, cancel.signal)) {
      const shown = await sink.show(event)
      if (shown.type === 'end') end = shown
      if (shown.type === 'usage') usage.push(shown)
    }
  } finally {
    release()
  }
  if (usage.length > 0 && !args.json) await showNotice(sink, formatSpent(spentOf(usage)))
  return exitCode(end)
}

/** Runs one cell without a planner and shows it as it happens, with its `end`. */
export async function runSingleCell(
  { interrupts }: Pick<CliEnvironment, 'interrupts'>,
  { sink }: Pick<CommandContext, 'sink'>,
  run: (signal: AbortSignal) => AsyncGenerator<Event, EventOf<'end'>>,
): Promise<number> {
  const cancel = new AbortController()
  const release = interrupts.during(() => cancel.abort())
  const events = run(cancel.signal)
  try {
    for (;;) {
      const next = await events.next()
      if (next.done) return exitCode(await sink.show(next.value))
      await sink.show(next.value)
    }
  } finally {
    release()
  }
}

/** 0: done, 1: failed. */
export function exitCode(end: EventOf<'end'>): number {
  return end.status === 'ok' ? 0 : 1
}
