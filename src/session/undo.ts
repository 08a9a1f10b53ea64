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
  /^\/?(?:please\s+)?(?:undo|revert|撤销|撤回|还原)(?:\s+(?:that|it|this|the last (?:change|step)))?[\s.!。！]*$/i
const NAMED = /^\/?(?:undo|revert|撤销|撤回|还原)\s+(.+?)[\s.!。！]*$/i

/** What a request asks to undo: a file's name, or '' for the last change; undefined if it asks for something else. */
export function undoRequest(text: string, stored: Stored): string | undefined {
  const said = text.trim()
  if (WORDS.test(said)) return ''
  const named = NAMED.exec(said)?.[1]?.replace(/^(["'“])(.*)["'”]$/, '$2')
  return named !== undefined && stored.versions(named).length > 0 ? named : undefined
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
