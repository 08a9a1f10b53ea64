// Undo: which file a person means, what is said of it, and the words that ask for it.
import type { Event, EventOf } from '../../sessions/event.ts'
import type { OpenSession } from '../../sessions/store.ts'

type Stored = Pick<OpenSession, 'events' | 'undoOf' | 'versions' | 'currentFiles'>

/** The event that takes the named file one version back, or, without a name, the file that was changed last. */
export function undoable(stored: Stored, name?: string): EventOf<'undo'> | undefined {
  if (name !== undefined) return stored.undoOf(name)
  return changedLast(stored).map((one) => stored.undoOf(one))[0]
}

/** Files whose newest change a cell made and nobody undid, the last changed first. */
function changedLast({ events, versions, undoOf }: Stored): string[] {
  const count = new Map<string, number>()
  const changes: { readonly name: string; readonly version: number }[] = []
  for (const event of events) {
    if (event.type !== 'file' && event.type !== 'upload' && event.type !== 'removed') continue
    const version = (count.get(event.name) ?? 0) + (event.type === 'removed' ? 0 : 1)
    count.set(event.name, version)
    if (event.type !== 'upload') changes.push({ name: event.name, version: event.type === 'removed' ? 0 : version })
  }
  const isThere = ({ name, version }: { name: string; version: number }): boolean => {
    const current = versions(name).find((one) => one.current)
    return (current?.version ?? 0) === version && undoOf(name) !== undefined
  }
  return changes
    .filter(isThere)
    .map(({ name }) => name)
    .toReversed()
}

const WORDS =
  /^\/?(?:please\s+|请|帮我)?(?:(?:undo|revert|take back)(?:\s+(?:that|it|this|(?:the|my) last (?:change|step|edit|one)))?|take (?:that|it) back|go back(?: (?:a|one) step)?|(?:撤销|撤回|还原)(?:一下|一步|上一步|它|这个|刚才的?(?:操作|修改|那一?步|一步)?|上一?[步个](?:操作|修改)?|最后一步)?|(?:回到|返回|恢复到?)上一步)[\s.!。！]*$/i
const NAMED = /^\/?(?:undo|revert|撤销|撤回|还原)\s/i
const STOPS = new Set('.!。！')
/** More than the longest name of a file: what is longer asks for something else. */
const LONGEST = 1200

/** What a request asks to undo: a file's name, or '' for the last change; undefined if it asks for something else. */
export function undoRequest(text: string, stored: Stored): string | undefined {
  const said = text.trim()
  if (said.length > LONGEST) return undefined
  if (WORDS.test(said)) return ''
  const asks = NAMED.exec(said)?.[0]
  if (asks === undefined) return undefined
  const named = withoutStops(said.slice(asks.length)).replace(/^(["'“])(.*)["'”]$/, '$2')
  return stored.versions(named).length > 0 ? named : undefined
}

/** Without white space around it, and without what ends a sentence; character by character: a pattern would go back and forth. */
function withoutStops(text: string): string {
  let end = text.length
  while (end > 0 && (STOPS.has(text[end - 1]!) || text[end - 1]!.trim() === '')) end--
  return text.slice(0, end).trim()
}

/** The answer of a turn that was an undo. */
export function* undoAnswer(request: string, event: EventOf<'undo'> | undefined): Generator<Event> {
  yield { type: 'message', text: sayUndo(event, /\p{Script=Han}/u.test(request)) }
  yield event
    ? { type: 'end', status: 'ok' }
    : { type: 'end', status: 'failed', code: 'nothing_to_undo', message: NOTHING }
}

const NOTHING = 'There is nothing to undo: no file has an earlier version.'

function sayUndo(event: EventOf<'undo'> | undefined, chinese: boolean): string {
  if (!event) return chinese ? '没有可以撤销的更改。' : NOTHING
  const { name, version } = event
  if (version === 0)
    return chinese
      ? `已撤销：${name} 已移除，它之前不存在。`
      : `Undone: ${name} is gone again; it was not there before.`
  return chinese ? `已撤销：${name} 恢复到第 ${version} 版。` : `Undone: ${name} is as it was in version ${version}.`
}
