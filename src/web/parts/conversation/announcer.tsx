// Announces the state of the turn to screen readers, but not the streamed text, which would never stop.
import { filesMade } from '../../model/pictures.ts'
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

export function Announcer({ turn, isBusy }: { readonly turn: Turn | undefined; readonly isBusy: boolean }) {
  const words = useWords()
  return (
    <p className="unseen" role="status" aria-live="polite">
      {sentence()}
    </p>
  )

  function sentence(): string {
    if (!turn) return ''
    if (isBusy) {
      const last = turn.items.at(-1)
      if (last?.type === 'drawing' && last.status === 'running') return words.drawing(last.name)
      const cell = turn.items.findLast((item) => item.type === 'cell')
      return cell ? `${words.cell(cell.cell)}: ${words.status[cell.status]}` : words.announceWorking
    }
    if (turn.status === 'cancelled') return words.announceStopped
    if (turn.status !== 'ok') return words.announceFailed
    const answer = turn.items.findLast((item) => item.type === 'words')
    return `${words.announceDone(filesMade(turn).length)} ${answer ? answer.text.slice(0, 300) : ''}`
  }
}
