// Undo: the words that ask for it, the files that it affects, and the answer.
import type { Event, EventOf } from '../../sessions/event.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { effectiveChanges } from './request-changes.ts'

type Stored = Pick<StoredSession, 'events' | 'undoOf' | 'versions'>

/**
 * The events that revert the named file by one version, or, without a name, all files that the last request changed to
 * their versions before it. A file whose earlier bytes are no longer stored stays. Empty if nothing can be reverted.
 */
export function undoEvents(stored: Stored, name?: string): EventOf<'undo'>[] {
  if (name !== undefined) return present([stored.undoOf(name)])
  for (const changes of effectiveChanges(stored.events)) {
    const events = present(changes.map((file) => stored.undoOf(file.name, file.version)))
    if (events.length > 0) return events
  }
  return []
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined)
}

const UNDO_PHRASE =
  /^\/?(?:please\s+|请|帮我)?(?:(?:undo|revert|take back)(?:\s+(?:that|it|this|(?:the|my) last (?:change|step|edit|one)))?|take (?:that|it) back|go back(?: (?:a|one) step)?|(?:撤销|撤回|还原)(?:一下|一步|上一步|它|这个|刚才的?(?:操作|修改|那一?步|一步)?|上一?[步个](?:操作|修改)?|最后一步)?|(?:回到|返回|恢复到?)上一步)[\s.!。！]*$/i
const UNDO_PREFIX = /^\/?(?:undo|revert|撤销|撤回|还原)\s/i
const STOPS = new Set('.!。！')
/** Exceeds the longest file name; a longer text cannot be an undo. */
const MAX_LENGTH = 1200

/** What a request asks to undo: a file's name, or '' for the last change; undefined if it is no undo. */
export function undoRequest(text: string, stored: Stored): string | undefined {
  const said = text.trim()
  if (said.length > MAX_LENGTH) return undefined
  if (UNDO_PHRASE.test(said)) return ''
  const asks = UNDO_PREFIX.exec(said)?.[0]
  if (asks === undefined) return undefined
  const named = trimSentenceEnd(said.slice(asks.length)).replace(/^(["'“])(.*)["'”]$/, '$2')
  return stored.versions(named).length > 0 ? named : undefined
}

/** Trims white space and final punctuation; a loop, because a regular expression would backtrack. */
function trimSentenceEnd(text: string): string {
  let end = text.length
  while (end > 0 && (STOPS.has(text[end - 1]!) || text[end - 1]!.trim() === '')) end--
  return text.slice(0, end).trim()
}

/** The answer of a turn that was an undo. */
export function* undoAnswer(request: string, events: readonly EventOf<'undo'>[]): Generator<Event> {
  yield { type: 'message', text: describeUndo(events, /\p{Script=Han}/u.test(request)) }
  yield events.length > 0
    ? { type: 'end', status: 'ok' }
    : { type: 'end', status: 'failed', code: 'nothing_to_undo', message: NOTHING }
}

const NOTHING = 'There is nothing to undo: no file has an earlier version.'

/** One sentence for the files that are gone, and one for each version that files are back at. */
function describeUndo(events: readonly EventOf<'undo'>[], chinese: boolean): string {
  if (events.length === 0) return chinese ? '没有可以撤销的更改。' : NOTHING
  const byVersion = Map.groupBy(events, ({ version }) => version)
  const sentences = [...byVersion]
    .toSorted(([one], [other]) => one - other)
    .map(([version, files]) => {
      const names = listed(
        files.map(({ name }) => name),
        chinese,
      )
      if (chinese)
        return version === 0
          ? `${names} 已移除，${files.length === 1 ? '它' : '它们'}之前不存在。`
          : `${names} 恢复到第 ${version} 版。`
      const [is, was, it] = files.length === 1 ? ['is', 'was', 'it'] : ['are', 'were', 'they']
      if (version === 0) return `${names} ${is} gone again; ${it} ${was} not there before.`
      return `${names} ${is} as ${it} ${was} in version ${version}.`
    })
  return chinese ? `已撤销：${sentences.join('')}` : `Undone: ${sentences.join(' ')}`
}

const MAX_NAMES = 12

function listed(names: readonly string[], chinese: boolean): string {
  const rest = names.length - MAX_NAMES
  const shown = rest > 0 ? names.slice(0, MAX_NAMES) : names.slice(0, -1)
  const last = rest > 0 ? (chinese ? `另外 ${rest} 个文件` : `${rest} more files`) : names.at(-1)!
  if (shown.length === 0) return last
  return chinese ? `${shown.join('、')}${rest > 0 ? '和' : '、'}${last}` : `${shown.join(', ')} and ${last}`
}
