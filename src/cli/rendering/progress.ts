// Shows progress of long work: a moving bar at a terminal, a line each quarter in a pipe.
import type { EventOf } from '../../../sessions/event.ts'
import type { BlockWriter } from './blocks.ts'

const BAR = 24

/** Shows progress events on `lines`; `moving` redraws the same line. */
export function createProgress(lines: BlockWriter, moving: boolean): (event: EventOf<'progress'>) => void {
  const quarters = new Map<string, number>()
  return ({ cell, done, total, label }) => {
    const share = total > 0 ? Math.min(1, done / total) : 0
    const words = total > 0 ? `${label} ${done}/${total}` : `${label} ${done}`
    if (moving && total === 0) return lines.draw(`  ${words}`)
    if (moving) {
      const filled = Math.round(share * BAR)
      return lines.draw(`  ${'━'.repeat(filled)}${'─'.repeat(BAR - filled)}  ${words}`)
    }
    const key = `${cell} ${label}`
    // With an unknown total, one line for every ten.
    const quarter = Math.floor(total > 0 ? share * 4 : done / 10)
    if ((quarters.get(key) ?? 0) >= quarter) return
    quarters.set(key, quarter)
    lines.block('note', `  ${words}`)
  }
}
