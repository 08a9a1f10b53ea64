// Events as text for a person: the plan, the code, progress, what was printed, the answer, the files; failures on stderr.
import { basename } from 'node:path'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Surface } from './door.ts'
import { createPaper } from './paper.ts'
import type { Screen } from './screen.ts'
import { fileLines, saySize, shown } from './wording.ts'

export interface Style {
  /** `bare`: what a snippet prints and the files, nothing around it (easel run). */
  readonly layout: 'bare' | 'told'
  /** Values of last expressions: as printed, in grey and cut, or not at all. */
  readonly values: 'plain' | 'grey' | 'none'
}

type Handlers = { readonly [T in Event['type']]?: (event: EventOf<T>) => void }

const VALUE_LINES = 8

/** A surface for one program run. */
export function createRenderer(screen: Screen, { layout, values }: Style): Surface {
  const paper = createPaper(screen, layout === 'told')
  const files = new Map<string, EventOf<'file'>>()
  /** Said only if the work goes on: the failure of a try and what follows from it. */
  let held: string[] = []
  let problems: string[] = []
  let line: number | undefined
  let printed = ''
  let answer = ''

  const goOn = (): void => {
    for (const text of held) paper.block('note', paper.grey(text))
    held = []
    problems = []
    line = undefined
  }
  const handlers: Handlers = {
    ask() {
      printed = ''
      answer = ''
    },
    notice({ text }) {
      if (held.length > 0) held.push(text)
      else paper.block('note', paper.grey(text))
    },
    delta({ of, text }) {
      goOn()
      paper.stream(of, text)
    },
    plan({ text }) {
      goOn()
      paper.finish('text', text)
    },
    cell({ code }) {
      goOn()
      if (layout === 'told') paper.finish('code', code)
    },
    print({ stream, text }) {
      if (stream === 'value') return value(text)
      if (stream === 'stdout') printed += text
      paper.raw(text, stream)
    },
    progress: (event) => paper.progress(event),
    rejected({ diagnostics }) {
      problems = diagnostics.map(({ line: row, column, message, code }) => `${row}:${column}  ${message} (${code})`)
      held = problems.map((problem) => `✗ ${problem}`)
    },
    unreadable: ({ problem }) => void held.push(`✗ ${problem}`),
    result(event) {
      if (event.status === 'ok' || event.status === 'rejected') return
      line = event.line
      held = [`✗ ${sentence(event, line)}`]
    },
    file: (event) => void files.set(event.name, event),
    removed: ({ name }) => void files.delete(name),
    message: ({ text }) => void (answer = text),
    end: (event) => (event.status === 'ok' ? succeeded() : failed(event)),
  }
  const value = (text: string): void => {
    if (values === 'plain') return paper.raw(text, 'stdout')
    if (values === 'none') return
    const rows = text.trimEnd().split('\n')
    const cut = rows.length > VALUE_LINES ? [...rows.slice(0, VALUE_LINES), '…'] : rows
    paper.block('value', paper.grey(cut.join('\n')))
  }
  const listFiles = (): void => {
    for (const text of fileLines([...files.values()])) paper.block('files', `${paper.green('✔')} ${text}`)
    files.clear()
    paper.end()
  }
  const succeeded = (): void => {
    goOn()
    paper.finish('answer', newWords(answer, printed, files))
    listFiles()
    answer = ''
  }
  const failed = (event: EventOf<'end'>): void => {
    const unwritten = event.code === 'EASEL_WRITE'
    if (unwritten) paper.finish('answer', answer)
    const spoken = paper.heard(answer) || unwritten
    paper.end()
    const reason = problems.length > 1 ? `nothing was run:\n  ${problems.join('\n  ')}` : sentence(event, line)
    const said = answer !== '' && !spoken ? answer : reason
    const whole = event.message && !said.includes(event.message) && said !== reason ? `${said}\n${reason}` : said
    listFiles()
    screen.err(`easel: ${whole}\n`)
    held = []
    problems = []
    line = undefined
    answer = ''
  }
  return (event) => (handlers[event.type] as ((event: Event) => void) | undefined)?.(event)
}

function sentence({ status, message }: { readonly status: string; readonly message?: string | undefined }, line: number | undefined): string {
  const text = message ?? `${status}.`
  return line === undefined ? text : `${text} (line ${line})`
}

/** The answer without what the person has already read, or reads in the list of files below it. */
function newWords(answer: string, printed: string, files: ReadonlyMap<string, EventOf<'file'>>): string {
  const seen = printed.trim()
  const fresh = seen === '' ? answer : answer.replace(seen, () => '')
  const repeats = (row: string): boolean =>
    [...files.values()].some((file) => {
      const size = saySize(file)
      return size !== '' && row.includes(size) && namesOf(file).some((name) => row.includes(name)) && row.length < file.name.length + 50
    })
  const rows = fresh.split('\n').filter((row) => !repeats(row))
  return rows.join('\n').trim()
}

/** Its name in the sandbox and where it was written. */
function namesOf({ name, path }: EventOf<'file'>): string[] {
  return [name, ...(path ? [basename(path)] : [])].map(shown)
}
