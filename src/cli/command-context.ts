// What the verbs share: a session that is always closed, files brought in, a planner introduced, one turn shown.
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Config } from '../config/config.ts'
import { sayTrouble } from '../file-problem.ts'
import type { Language } from '../phrasebook/parsing/language.ts'
import type { PlannedCell, Planner } from '../planner/planner.ts'
import { wallNotice } from '../process-wall/levels.ts'
import { wallLevel } from '../process-wall/wall.ts'
import type { StartProcesses } from '../runtime/processes.ts'
import type { Session } from '../runtime/session.ts'
import { spentOf } from '../spending/budget.ts'
import { saySpent } from '../spending/messages.ts'
import type { Arguments } from './arguments.ts'
import { createDoor, createJsonSurface, type OutputSink } from './output-sink.ts'
import type { Interrupt, Interrupts } from './interrupts.ts'
import { createOutputs, type Outputs } from './output-files.ts'
import { createRenderer } from './rendering/renderer.ts'
import type { Screen } from './rendering/screen.ts'
import { sit, type Sitting } from './cli-session.ts'
import { reasonOf, sayLeftOut, shown } from './rendering/messages.ts'

/** A command line and the world around it. */
export interface Setting {
  readonly args: Arguments
  readonly config: Config
  readonly screen: Screen
  readonly input: NodeJS.ReadStream
  readonly interrupts: Interrupts
  readonly env: NodeJS.ProcessEnv
  /** Other rooms; only in tests. */
  readonly startRooms?: StartProcesses | undefined
  /** Loads the planner. */
  readonly planner: () => Promise<Planner>
}

/** What a verb works with. */
export interface CommandContext {
  readonly sitting: Sitting
  readonly door: OutputSink
  readonly outputs: Outputs
}

/** Does `work` in a sitting that is closed whatever happens; gives the exit code, 1 when it throws or is interrupted. */
export async function withSitting(setting: Setting, work: (place: CommandContext) => Promise<number>): Promise<number> {
  const { args, config, interrupts, startRooms } = setting
  const interrupted = Promise.withResolvers<number>()
  const release = interrupts.during(() => interrupted.resolve(1))
  const outputs = createOutputs(args.outDir)
  const surface = surfaceFor(setting)
  const { requireSandbox, session: id, verb } = args
  let sitting: Sitting | undefined
  let door = createDoor(outputs, { file: () => Promise.resolve(undefined) }, surface)
  try {
    sitting = sit({ config, requireSandbox, id, verb, startRooms, idled: (text) => void say(door, text) })
    door = createDoor(outputs, sitting, surface)
    const working = work({ sitting, door, outputs })
    working.catch(() => undefined)
    const outcome = await Promise.race([working, interrupted.promise.then(() => undefined)])
    return outcome ?? exitCode(await door.show(CANCELLED))
  } catch (error) {
    const { code = 'EASEL_FAILED' } = error as { code?: string }
    return exitCode(await door.show({ type: 'end', status: 'failed', code, message: reasonOf(error) }))
  } finally {
    await sitting?.close()
    release()
  }
}

/** Said where the strongest level of the process wall cannot be reached (macOS, or no unprivileged namespaces). */
const CANCELLED = { type: 'end', status: 'cancelled', code: 'EASEL_CANCELLED', message: 'Cancelled.' } as const

function surfaceFor({ args, config, screen }: Setting) {
  if (args.json) return createJsonSurface(screen)
  if (args.verb === 'run') return createRenderer(screen, { layout: 'bare', values: 'plain' })
  // The phrasebook answers in words; its snippets' last values say nothing new.
  return createRenderer(screen, { layout: 'told', values: config.model ? 'grey' : 'none' })
}

/** The session, after what is to be said of the walls. */
export async function begin({ sitting, door }: CommandContext): Promise<Session> {
  const session = await sitting.session(door)
  const notice = wallNotice(wallLevel())
  if (notice !== undefined) await say(door, notice)
  return session
}

/** What is wrong with a file of the session. */
export interface Trouble {
  readonly name: string
  readonly sentence: string
}

interface Telling {
  /** Of the request that the files are for, where that is known. */
  readonly language?: Language
  /** Takes what is wrong with files that are in the session; without it that is said at once. */
  readonly held?: Trouble[] | undefined
}

/** Brings files in and shows them; gives their names. Throws an UploadError or FileRefused. */
export async function bring(
  { sitting, door }: CommandContext,
  paths: readonly string[],
  { language = 'en', held }: Telling = {},
): Promise<string[]> {
  const names: string[] = []
  if (paths.length === 0) return names
  for await (const brought of sitting.upload(door, paths)) {
    const { path } = brought
    if ('problem' in brought) {
      await say(door, sayLeftOut(path, brought.problem, language))
      continue
    }
    const { event } = brought
    await door.show(event)
    const { name, card } = event
    if (path !== name && !path.endsWith(`/${name}`)) await say(door, `${shown(path)} is called ${shown(name)} here.`)
    const sentence = sayTrouble(card, language)
    if (sentence !== undefined && held) held.push({ name, sentence })
    else if (sentence !== undefined) await say(door, `${shown(name)}: ${sentence}`)
    names.push(name)
  }
  return names
}

/** `door`, which at the end of a turn says what is wrong with files, but for what the answer has said. */
export function tellingTroubles(door: OutputSink, troubles: readonly Trouble[]): OutputSink {
  let answer = ''
  return {
    async show(event) {
      if (event.type === 'message') answer += event.text
      if (event.type === 'end') {
        const untold = troubles.filter(({ name, sentence }) => !answer.includes(name) || !answer.includes(sentence))
        for (const { name, sentence } of untold) await say(door, `${shown(name)}: ${sentence}`)
      }
      return door.show(event)
    },
  }
}

/** Says which planner answers, and what of the command line it does not use. */
export async function introduce({ config }: Setting, door: OutputSink, planner: Planner): Promise<void> {
  await say(door, planner.description)
  if (config.modelIgnored) {
    await say(door, `--model ${config.modelIgnored} is not used: set OPENAI_API_KEY or OPENAI_BASE_URL to connect it.`)
  }
}

/** A line for the person that is no part of the conversation. */
export function say(door: OutputSink, text: string): Promise<Event> {
  return door.show({ type: 'notice', text })
}

/** One turn, shown as it happens, and what it took; an interrupt cancels it and is told to `stopped`. */
export async function turn(
  { interrupts, args }: Setting,
  { sitting, door, planner }: CommandContext & { readonly planner: Planner },
  request: { readonly text: string; readonly files: readonly string[] },
  stopped: (signal: Interrupt) => void = () => undefined,
): Promise<number> {
  const session = await sitting.session(door)
  const cancel = new AbortController()
  const release = interrupts.during((signal) => {
    stopped(signal)
    cancel.abort()
  })
  let end: EventOf<'end'> = { type: 'end', status: 'failed' }
  const usage: Event[] = []
  for await (const event of session.turn(planner, request, cancel.signal)) {
    const told = await door.show(event)
    if (told.type === 'end') end = told
    if (told.type === 'usage') usage.push(told)
  }
  release()
  if (usage.length > 0 && !args.json) await say(door, saySpent(spentOf(usage)))
  return exitCode(end)
}

/** One cell without a planner, shown as it happens, with an end. */
export async function runOne(
  { interrupts }: Pick<Setting, 'interrupts'>,
  { door }: Pick<CommandContext, 'door'>,
  session: Session,
  cell: PlannedCell,
): Promise<number> {
  const cancel = new AbortController()
  const release = interrupts.during(() => cancel.abort())
  const events = session.run(cell, cancel.signal)
  for (let next = await events.next(); ; next = await events.next()) {
    if (!next.done) {
      await door.show(next.value)
      continue
    }
    release()
    const { status, code, message } = next.value
    const why = status === 'ok' ? {} : { code, message: message ?? `The snippet was ${status}.` }
    return exitCode(await door.show({ type: 'end', status, ...why }))
  }
}

/** 0 done, 1 the work failed. */
export function exitCode(end: EventOf<'end'>): number {
  return end.status === 'ok' ? 0 : 1
}
