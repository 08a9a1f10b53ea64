// ask, run and chat: each opens a session, feeds it, shows its events and gives the exit code.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { EndStatus, Event } from '../../sessions/event.ts'
import { runCell } from '../cell.ts'
import type { Config } from '../config.ts'
import type { Planner } from '../planner/planner.ts'
import { runTurn } from '../turn.ts'
import type { Arguments } from './arguments.ts'
import { createJsonDoor, createTextDoor, reasonOf, type Door } from './door.ts'
import { createOutputs } from './outputs.ts'
import { createRenderer, type Screen } from './renderer.ts'
import { openSession, type Session } from './session.ts'
import { UploadError } from './uploads.ts'

export interface Setting {
  readonly args: Arguments
  readonly config: Config
  readonly screen: Screen
  readonly input: NodeJS.ReadableStream
  readonly planner: () => Promise<Planner>
  /** Asks for cancellation: Ctrl-C, SIGTERM. */
  readonly onInterrupt: (cancel: () => void) => void
}

/** `easel ask`: one request. */
export function ask(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door) => {
    const names = await uploaded(session, door, setting.args.files)
    const planner = await introduced(setting, door)
    return exitCode(await turn(setting, session, door, planner, setting.args.subject, names), setting)
  })
}

/** `easel run`: one snippet, no planner. */
export function run(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door) => {
    let code: string
    try {
      code = await readFile(setting.args.subject, 'utf8')
    } catch (error) {
      const { code: reason } = error as NodeJS.ErrnoException
      throw new UploadError(reason === 'ENOENT' ? `There is no snippet ${JSON.stringify(setting.args.subject)}.` : `The snippet cannot be read: ${reasonOf(error)}`)
    }
    await uploaded(session, door, setting.args.files)
    const cancel = new AbortController()
    setting.onInterrupt(() => cancel.abort())
    const events = runCell(session, { code }, cancel.signal)
    for (let next = await events.next(); ; next = await events.next()) {
      if (!next.done) {
        session.journal.append(next.value)
        await door.show(next.value)
        continue
      }
      const { status, code: reason, message } = next.value
      const end = { type: 'end', status, ...(status === 'ok' ? {} : { code: reason, message }) } as const
      await door.show(end)
      return exitCode(end, setting)
    }
  })
}

/** `easel chat`: a conversation; a line is a turn. */
export function chat(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door) => {
    const { screen, args } = setting
    let names = await uploaded(session, door, args.files)
    const planner = await introduced(setting, door)
    const terminal = screen.isTerminal && !args.json
    const lines = createInterface({ input: setting.input, ...(terminal ? { output: process.stdout, prompt: '\n> ' } : {}) })
    let last = 0
    lines.prompt()
    lines.on('SIGINT', () => lines.close())
    for await (const typed of lines) {
      const text = typed.trim()
      if (text === '/quit' || text === '/exit') break
      if (text === '/help') screen.out(CHAT_HELP)
      else if (text === '/files') for (const file of session.sandbox.files()) screen.out(`${file.name}  ${file.bytes} bytes\n`)
      else if (text.startsWith('/add ')) {
        names = [...names, ...(await uploaded(session, door, [text.slice(5).trim()]).catch((error: unknown) => (screen.err(`${reasonOf(error)}\n`), [])))]
      } else if (text !== '') {
        last = exitCode(await turn(setting, session, door, planner, text, names), setting)
        names = []
      }
      lines.prompt()
    }
    return last
  })
}

const CHAT_HELP = `Type what you want. /add FILE brings in a file, /files lists them, /quit ends. Ctrl-C stops a running turn.\n`

async function withSession(setting: Setting, work: (session: Session, door: Door) => Promise<number>): Promise<number> {
  const { args, config, screen } = setting
  const session = await openSession(config)
  try {
    const outputs = createOutputs(args.outDir)
    const door = args.json
      ? createJsonDoor(outputs, session.sandbox, screen.out)
      : createTextDoor(outputs, session.sandbox, createRenderer(screen, args.verb === 'run'))
    try {
      return await work(session, door)
    } catch (error) {
      const message = reasonOf(error)
      const code = error instanceof UploadError ? 'upload' : ((error as { code?: string }).code ?? 'failed')
      await door.show({ type: 'end', status: 'failed', code, message })
      screen.err(`easel: ${message}\n`)
      return 1
    }
  } finally {
    await session.close()
  }
}

async function uploaded(session: Session, door: Door, paths: readonly string[]): Promise<string[]> {
  const events = await session.upload(paths)
  for (const event of events) {
    await door.show(event)
    if (event.card.problem) await door.show({ type: 'notice', text: `${event.name}: ${event.card.problem}` })
  }
  return events.map((event) => event.name)
}

async function introduced({ planner, config }: Setting, door: Door): Promise<Planner> {
  const made = await planner()
  await door.show({ type: 'notice', text: made.description })
  if (config.modelIgnored) {
    await door.show({ type: 'notice', text: `--model ${config.modelIgnored} is not used: set OPENAI_API_KEY or OPENAI_BASE_URL to connect it.` })
  }
  return made
}

type End = Extract<Event, { type: 'end' }>

async function turn(setting: Setting, session: Session, door: Door, planner: Planner, text: string, files: readonly string[]): Promise<End> {
  const cancel = new AbortController()
  setting.onInterrupt(() => cancel.abort())
  let end: End = { type: 'end', status: 'failed' }
  for await (const event of runTurn({ ...session, planner }, { text, files }, cancel.signal)) {
    if (event.type === 'end') end = event
    await door.show(event)
  }
  return end
}

const FINE: readonly EndStatus[] = ['ok']

function exitCode(end: End, { screen }: Setting): number {
  if (FINE.includes(end.status)) return 0
  screen.err(`easel: ${end.status}${end.message ? `: ${end.message}` : ''}\n`)
  return 1
}
