// The conversation from its start; follows new content while the user is at its end.
import { ArrowDownIcon } from '@primer/octicons-react'
import type { PendingMessage } from '../../hooks/session/use-actions.ts'
import { useStickToBottom } from '../../hooks/use-stick-to-bottom.ts'
import type { Item, Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { ErrorBoundary } from '../common/error-boundary.tsx'
import { SystemNotice } from './system-notice.tsx'
import { TurnView } from './turn-view.tsx'

interface Props {
  readonly turns: readonly Turn[]
  /** Notices about the request that is being sent. */
  readonly ahead: readonly Item[]
  readonly pending: PendingMessage | undefined
  /** Incremented with each rerun, which appears at the end. */
  readonly reruns: number
  readonly isBusy: boolean
}

export function MessageList({ turns, ahead, pending, reruns, isBusy }: Props) {
  const words = useWords()
  const isPending = pending !== undefined && turns.at(-1)?.key === pending.after
  const { scroller, content, isAway, toEnd } = useStickToBottom(isPending, reruns)
  const cut =
    isPending && pending.replaces !== undefined ? turns.findIndex(({ seq }) => seq === pending.replaces) : turns.length
  return (
    <div className="talk" ref={scroller}>
      <div className="column" ref={content}>
        <h2 className="unseen">{words.sessions}</h2>
        {turns.slice(0, cut < 0 ? turns.length : cut).map((turn, index) => (
          <ErrorBoundary key={turn.key} instead={<p className="remark trouble">{words.undrawable}</p>}>
            <TurnView turn={turn} isRunning={isBusy && index === turns.length - 1 && turn.status === 'running'} />
          </ErrorBoundary>
        ))}
        {isPending ? <PendingTurn text={pending.text} ahead={ahead} /> : <SystemNotices items={ahead} />}
      </div>
      {isAway && (
        <button type="button" className="to-end" onClick={toEnd}>
          <ArrowDownIcon size={16} />
          {words.latest}
        </button>
      )}
    </div>
  )
}

function PendingTurn({ text, ahead }: { readonly text: string; readonly ahead: readonly Item[] }) {
  const words = useWords()
  return (
    <article className="turn" aria-busy="true">
      <div className="asked">
        <p className="bubble">{text}</p>
      </div>
      <div className="answer">
        <SystemNotices items={ahead} />
        <p className="thinking">
          <span className="spinner" aria-hidden="true" />
          {words.working}
        </p>
      </div>
    </article>
  )
}

function SystemNotices({ items }: { readonly items: readonly Item[] }) {
  return items.map((item) =>
    item.type === 'cell' || item.type === 'drawing' || item.type === 'words' ? null : (
      <SystemNotice key={item.key} item={item} />
    ),
  )
}
