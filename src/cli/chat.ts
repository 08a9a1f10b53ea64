// `easel chat`: a conversation; a line is a turn, and a few commands begin with a slash.
import { createInterface, type Interface } from 'node:readline'
import type { Planner } from '../planner/planner.ts'
import type { Door } from './door.ts'
import type { Interrupt } from './interrupts.ts'
import type { Session } from './session.ts'
import { reasonOf, sayBytes, shown } from './wording.ts'
import { bring, introduce, say, turn, withSession, type Setting } from './work.ts'

const COMMANDS =
  'Type what you want; /add FILE brings a file in, /files lists them, /quit or Ctrl-D ends. Ctrl-C stops a running turn.'

/** Gives the exit code: at a terminal 0, from a pipe 1 when a turn failed. */
export function chat(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door, outputs) => {
    const [planner] = await Promise.all([setting.planner(), outputs.check()])
    await introduce(setting, door, planner)
    const files = await bring(session, door, setting.args.files)
    const atTerminal = setting.screen.moving && setting.input.isTTY && !setting.args.json
    if (atTerminal) await say(door, COMMANDS)
    const failures = await converse(setting, { session, door, planner }, files, atTerminal)
    return failures > 0 && !atTerminal ? 1 : 0
  })
}

interface Rooms {
  readonly session: Session
  readonly door: Door
  readonly planner: Planner
}

/** Reads lines until there are no more; gives how many turns failed. */
async function converse(setting: Setting, rooms: Rooms, first: string[], atTerminal: boolean): Promise<number> {
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
    if (text.startsWith('/')) files = [...files, ...(await obey(text, rooms))]
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

/** A command; gives the names of files that it brought in. */
async function obey(text: string, { session, door }: Rooms): Promise<string[]> {
  const [command, ...words] = text.split(' ')
  const path = words.join(' ').trim()
  if (command === '/add' && path !== '') {
    try {
      return await bring(session, door, [plainPath(path)])
    } catch (error) {
      await say(door, reasonOf(error))
    }
  } else if (command === '/files') {
    const rows = session.sandbox.files().map(({ name, bytes }) => `${shown(name)}  ${sayBytes(bytes)}`)
    await say(door, rows.length > 0 ? rows.join('\n') : 'There are no files yet.')
  } else await say(door, COMMANDS)
  return []
}

/** A path as a terminal pastes it: in quotes, or with its spaces escaped. */
function plainPath(path: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(path)
  return quoted ? (quoted[2] ?? '') : path.replace(/\\(.)/g, '$1')
}
