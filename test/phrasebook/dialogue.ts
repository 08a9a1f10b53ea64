// Conversations with the phrasebook for tests: every snippet succeeds and makes the file that its code names last.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Event } from '../../sessions/event.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import type { Step } from '../../src/planner/planner.ts'
import { animation, picture } from './scene.ts'
import { codeOf } from '../planner/step-code.ts'

/** The next step after a journal. */
export async function next(journal: readonly Event[]): Promise<Step> {
  const end = await createPhrasebookPlanner().next(journal, new AbortController().signal).next()
  if (!end.done) throw new Error('the phrasebook streams nothing')
  return end.value
}

/**
 * The turns of a conversation in which every snippet succeeds and makes the file, if any, that its code names last; "undo" takes
 * the last one back and is no turn.
 */
export async function conversation(
  files: Readonly<Record<string, FileInfo>>,
  ...asks: readonly string[]
): Promise<{ step: Step; code: string; text: string }[]> {
  const journal: Event[] = Object.entries(files).map(([name, card]) => ({ type: 'upload', name, card }))
  const turns = []
  const made: string[] = []
  for (const [turn, text] of asks.entries()) {
    journal.push({ type: 'ask', text, files: turn === 0 ? Object.keys(files) : [] })
    if (text === 'undo' || text === '撤销') {
      journal.push({ type: 'undo', name: made.pop()!, version: 0 }, { type: 'end', status: 'ok' })
      continue
    }
    const step = await next(journal)
    if (step.type !== 'run') turns.push({ step, code: '', text: step.type === 'failed' ? step.message : step.text })
    else {
      const code = codeOf(step)
      const inputs = new Set([...code.matchAll(/readTable\('([^']+)'\)/g)].map(([, name]) => name))
      const names = [...code.matchAll(/'([^']+\.(?:png|gif|jpg|webp|csv|xlsx))'/g)].map(([, name]) => name!)
      const name = names.findLast((one) => !inputs.has(one))
      const card = name?.endsWith('.gif') ? animation : { ...picture }
      if (name !== undefined) made.push(name)
      journal.push({ type: 'cell', cell: turn + 1, code, seed: 1, clock: 0 })
      if (name !== undefined)
        journal.push({
          type: 'file',
          cell: turn + 1,
          name,
          mime: card.mime,
          bytes: 12_345,
          width: 451,
          height: 600,
          frames: card.frames,
          card,
        })
      journal.push({ type: 'result', cell: turn + 1, status: 'ok', ms: 5, names: [] })
      const answer = await next(journal)
      turns.push({ step, code, text: answer.type === 'answer' ? answer.text : '' })
      journal.push({ type: 'message', text: turns.at(-1)!.text }, { type: 'end', status: 'ok' })
    }
  }
  return turns
}
