// Has pictures made by the planner's endpoint, and makes them files of the session.
import type { OpenSession } from '../../sessions/store.ts'
import type { Brushes } from '../turn.ts'
import type { Rooms } from './rooms.ts'

/** Draws into `stored`. */
export function createBrushes(_stored: OpenSession, _rooms: () => Promise<Rooms>): Brushes {
  return {
    async *draw({ drawing, callId }) {
      yield { type: 'drawing', ...drawing, ...(callId === undefined ? {} : { callId }) }
      const drawn = { type: 'drawn', status: 'failed', code: 'images_none', message: 'No Images API.', ms: 0 } as const
      yield drawn
      return drawn
    },
  }
}
