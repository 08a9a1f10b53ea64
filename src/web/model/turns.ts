// Turns as they are opened and changed; those that did not change stay the same objects.
import type { Conversation, Turn } from './types.ts'

/** A turn in which nothing has happened yet. */
export function openTurn(key: string): Turn {
  return {
    ...{ key, seq: undefined, text: undefined, files: [], items: [], streaming: [], status: 'running' },
    ...{ code: undefined, message: undefined, usage: undefined, before: undefined, takenBack: [] },
  }
}

/** The conversation with its last turn changed. */
export function changeLast(at: Conversation, change: (turn: Turn) => Turn): Conversation {
  const last = at.turns.at(-1)
  return last ? { ...at, turns: [...at.turns.slice(0, -1), change(last)] } : at
}
