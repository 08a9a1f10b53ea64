// The footer of a turn: token usage, cost, and a button that copies the answer.
import { formatDollars } from '../../../spending/messages.ts'
import { formatCount } from '../../model/amounts.ts'
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { CopyButton } from '../common/copy-button.tsx'

export function TurnFooter({ turn: { usage, items } }: { readonly turn: Turn }) {
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
