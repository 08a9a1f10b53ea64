// Slash commands of a chat.
import type { Edit, Event } from '../../../sessions/event.ts'
import { effectiveEvents } from '../../../sessions/journal/effective-events.ts'
import { languageOf } from '../../phrasebook/parsing/language.ts'
import { spentOf } from '../../spending/budget.ts'
import { formatSpent } from '../../spending/messages.ts'
import { reasonOf, formatBytes, escapeName } from '../rendering/messages.ts'
import { addFiles, runSingleCell, showNotice, type CommandContext, type CliEnvironment } from '../command-context.ts'

/** The help text for the commands. */
export const COMMANDS = `Type what you want. Commands:
  /add FILE                   adds a file
  /files                      lists the files; /versions NAME the versions of one
  /undo [NAME]                undoes what the last request changed, or a file's last change
  /cells                      lists the snippets that ran
  /cost                       shows what the session has used of the model
  /rerun N [FIND => REPLACE]  runs snippet N again, changed; several changes with ;; between them
  /help shows this again; /quit or Ctrl-D ends; Ctrl-C stops a running turn.`

type Command = (rest: string, environment: CliEnvironment, context: CommandContext) => Promise<string[]>

/** Runs the command; returns the names of the files that it added. */
export async function runSlashCommand(
  text: string,
  environment: CliEnvironment,
  context: CommandContext,
): Promise<string[]> {
  const [name = '', ...words] = text.split(' ')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  try {
    if (command) return await command(words.join(' ').trim(), environment, context)
    await showNotice(
      context.sink,
      name === '/help' ? COMMANDS : `There is no command ${escapeName(name).slice(0, 40)}; /help lists them.`,
    )
  } catch (error) {
    await showNotice(context.sink, reasonOf(error))
  }
  return []
}

const commands: Readonly<Record<string, Command>> = {
  async '/add'(path, _, context) {
    if (path === '') await showNotice(context.sink, 'Use it like this: /add photo.png')
    if (path === '') return []
    const asked = (await context.cliSession.session(context.sink)).events.findLast(({ type }) => type === 'ask')
    const language = languageOf(asked?.type === 'ask' ? asked.text : '')
    return addFiles(context, [plainPath(path)], { language })
  },
  async '/files'(_, __, { cliSession, sink }) {
    const session = await cliSession.session(sink)
    const rows = session.currentFiles().map(({ name, version, bytes }) => {
      return `${escapeName(name)}  ${formatBytes(bytes)}${version > 1 ? `  version ${version}` : ''}`
    })
    await showNotice(sink, rows.length > 0 ? rows.join('\n') : 'There are no files yet.')
    return []
  },
  async '/versions'(name, _, { cliSession, sink }) {
    const rows = (await cliSession.session(sink)).versions(name).map(({ version, bytes, cell, drawn, current }) => {
      const maker = drawn ? 'drawn' : cell === undefined ? 'uploaded' : `snippet ${cell}`
      return `${current ? '›' : ' '} ${version}  ${formatBytes(bytes).padStart(9)}  ${maker}`
    })
    await showNotice(
      sink,
      rows.length > 0 ? rows.join('\n') : `There is no file ${escapeName(name)}; /files lists them.`,
    )
    return []
  },
  async '/cells'(_, __, { cliSession, sink }) {
    const rows = cellRows(effectiveEvents((await cliSession.session(sink)).events))
    await showNotice(sink, rows.length > 0 ? rows.join('\n') : 'No snippet has run yet.')
    return []
  },
  async '/cost'(_, __, { cliSession, sink }) {
    const spent = spentOf((await cliSession.session(sink)).events)
    const known = spent.unpriced.length > 0 && spent.cost === undefined ? '; what that costs is not known' : ''
    const asked = spent.input + spent.output > 0
    await showNotice(
      sink,
      asked ? `This session: ${formatSpent(spent)}${known}.` : 'No model has said what this session took.',
    )
    return []
  },
  async '/rerun'(rest, environment, context) {
    const session = await context.cliSession.session(context.sink)
    const [, number = '', changes = ''] = /^(\d+)\s*(.*)$/.exec(rest) ?? []
    const edits = readEdits(changes)
    if (number === '' || !edits) {
      await showNotice(
        context.sink,
        'Write it like /rerun 3 or /rerun 3 width: 600 => width: 300 ;; red => blue; /cells lists the numbers.',
      )
      return []
    }
    await runSingleCell(environment, context, (signal) => session.rerun(Number(number), { edits }, signal))
    return []
  },
  async '/undo'(name, _, { cliSession, sink }) {
    const session = await cliSession.session(sink)
    const undone = await session.undo(name || undefined)
    for (const event of undone) await sink.show(event)
    if (undone.length === 0)
      await showNotice(sink, name ? `${escapeName(name)} has no earlier version.` : 'There is nothing to undo.')
    return []
  },
}

/** Parses `a => b ;; c => d`; undefined if the syntax is different. */
function readEdits(text: string): Edit[] | undefined {
  if (text === '') return []
  const pairs = text.split(/\s;;\s/).map((pair) => /^(.+?)\s=>(?:\s(.*))?$/.exec(pair))
  if (!pairs.every((pair) => pair !== null)) return undefined
  return pairs.map(([, find = '', replace = '']) => ({ find, replace }))
}

function cellRows(events: readonly Event[]): string[] {
  const ends = new Map<number, string>()
  for (const event of events) if (event.type === 'result') ends.set(event.cell, event.status)
  return events.flatMap((event) => {
    if (event.type !== 'cell') return []
    const first =
      event.purpose ?? event.code.split('\n').find((line) => line.trim() !== '' && !/^\s*import\b/.test(line))
    return `${String(event.cell).padStart(3)}  ${(ends.get(event.cell) ?? 'cut off').padEnd(9)} ${escapeName((first ?? '').trim()).slice(0, 60)}`
  })
}

/** Unquotes a path as terminals paste it: in quotes, or with escaped spaces. */
function plainPath(path: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(path)
  return quoted ? (quoted[2] ?? '') : path.replace(/\\(.)/g, '$1')
}
