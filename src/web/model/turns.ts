// Creates and updates turns; unchanged turns keep their identity.
import type { Conversation, Turn } from './types.ts'

/** An empty turn. */
export function openTurn(key: string): Turn {
  return {
    ...{ key, seq: undefined, text: undefined, files: [], items: [], streaming: [], status: 'running' },
    ...{ code: undefined, message: undefined, usage: undefined, before: undefined, takenBack: [] },
  }
}

/** Replaces the last turn. */
export function changeLast(at: Conversation, change: (turn: Turn) => Turn): Conversation {
  const last = at.turns.at(-1)
  return last ? { ...at, turns: [...at.turns.slice(0, -1), change(last)] } : at
}
