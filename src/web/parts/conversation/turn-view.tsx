// One turn: the request and everything that came of it.
import { memo, useState } from 'react'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import type { CellItem, Turn } from '../../model/types.ts'
import { describeProblem, useWords } from '../../i18n/language.tsx'
import { UserMessage } from './user-message.tsx'
import { CellView } from './cell-view.tsx'
import { GeneratedImage } from './generated-image.tsx'
import { Markdown } from './markdown.tsx'
import { SystemNotice } from './system-notice.tsx'
import { Streaming } from './streaming.tsx'
import { formatDollars } from '../../../spending/messages.ts'
import { formatCount } from '../../model/amounts.ts'
import { CopyButton } from '../common/copy-button.tsx'

interface Props {
  readonly turn: Turn
  readonly isRunning: boolean
}

export const TurnView = memo(function TurnView({ turn, isRunning }: Props) {
  const words = useWords()
  const [showsEarlier, setShowsEarlier] = useState(false)
  const count = turn.takenBack.length
  return (
    <article className="turn" data-turn={turn.key} aria-busy={isRunning}>
      {count > 0 && (
        <button
          type="button"
          className="link earlier"
          aria-expanded={showsEarlier}
          onClick={() => setShowsEarlier(!showsEarlier)}
        >
          {showsEarlier ? words.hideEarlier : words.earlier(count)}
        </button>
      )}
      {showsEarlier && (
        <div className="taken-back">
          {turn.takenBack.map((earlier) => (
            <TurnView key={earlier.key} turn={earlier} isRunning={false} />
          ))}
        </div>
      )}
      {turn.text !== undefined && <UserMessage turn={turn} text={turn.text} />}
      <div className="answer">
        <Items turn={turn} isRunning={isRunning} />
        {isRunning && <Streaming turn={turn} />}
        <Ending turn={turn} isRunning={isRunning} />
        {!isRunning && <TurnFooter turn={turn} />}
      </div>
    </article>
  )
})

function Items({ turn, isRunning }: Props) {
  const cells = turn.items.filter((item): item is CellItem => item.type === 'cell')
  const purposes = new Set(cells.map(({ purpose }) => purpose?.trim()))
  return turn.items.map((item) => {
    if (item.type === 'cell') {
      const hasFailed = item.status !== 'ok' && item.status !== 'running'
      const isRetried = hasFailed && item !== cells.at(-1)
      const isOvercome = isRetried || (hasFailed && isRunning)
      return <CellView key={item.key} cell={item} {...{ isOvercome, isRetried }} before={turn.before} />
    }
    if (item.type === 'drawing')
      return <GeneratedImage key={item.key} drawing={item} {...{ isRunning }} before={turn.before} />
    if (item.type !== 'words') return <SystemNotice key={item.key} item={item} />
    // The phrasebook's plan is also the purpose of its cell.
    if (purposes.has(item.text.trim())) return null
    return <Markdown key={item.key} text={item.text} />
  })
}

/** Why the turn failed or was interrupted, unless its last text or cell already says so. */
function Ending({ turn, isRunning }: Props) {
  const words = useWords()
  const { isBusy } = useSessionContext()
  const { status, message, code = '', items } = turn
  if (status === 'running') return isRunning || isBusy ? null : <p className="remark">{words.interrupted}</p>
  if (status === 'ok' || message === undefined) return null
  const isSaid = items.some(
    (item) =>
      (item.type === 'words' && item.text.includes(message)) ||
      (item.type === 'cell' && item.failure?.message === message) ||
      (item.type === 'drawing' && item.message === message),
  )
  if (isSaid && status !== 'cancelled') return null
  return (
    <p className={status === 'cancelled' ? 'remark' : 'remark trouble'}>{describeProblem(words, { code, message })}</p>
  )
}

function TurnFooter({ turn: { usage, items } }: { readonly turn: Turn }) {
  const words = useWords()
  const text = items.flatMap((item) => (item.type === 'words' && item.isAnswer ? [item.text] : [])).join('\n\n')
  if (!usage && text === '') return null
  const cached = usage && usage.cached > 0 ? ` · ${words.cachedTokens(formatCount(usage.cached))}` : ''
  const cost = usage?.cost === undefined ? '' : ` · ${formatDollars(usage.cost)}`
  return (
    <div className="turn-foot">
      {text !== '' && <CopyButton text={text} label={words.copy} />}
      {usage && (
        <span className="facts">
          {words.tokens(formatCount(usage.input), formatCount(usage.output)) + cached + cost}
        </span>
      )}
    </div>
  )
}
