// Says for who does not see it how the work stands; never the stream itself, which would not end.
import type { Turn } from '../model/shapes.ts'
import { useWords } from '../words/language.tsx'

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
      const cell = turn.items.findLast((item) => item.type === 'cell')
      return cell ? `${words.cell(cell.cell)}: ${words.status[cell.status]}` : words.announceWorking
    }
    if (turn.status === 'cancelled') return words.announceStopped
    if (turn.status !== 'ok') return words.announceFailed
    const answer = turn.items.findLast((item) => item.type === 'words')
    const files = turn.items.reduce((sum, item) => sum + (item.type === 'cell' ? item.files.length : 0), 0)
    return `${words.announceDone(files)} ${answer ? answer.text.slice(0, 300) : ''}`
  }
}
