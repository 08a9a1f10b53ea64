// Below a turn: what it used, and its words to copy.
import { sayDollars } from '../../../spending/messages.ts'
import { sayCount } from '../../model/amounts.ts'
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { CopyButton } from '../common/copy-button.tsx'

export function TurnFoot({ turn: { usage, items } }: { readonly turn: Turn }) {
  const words = useWords()
  const text = items.flatMap((item) => (item.type === 'words' && item.isAnswer ? [item.text] : [])).join('\n\n')
  if (!usage && text === '') return null
  const cached = usage && usage.cached > 0 ? ` · ${words.cachedTokens(sayCount(usage.cached))}` : ''
  const cost = usage?.cost === undefined ? '' : ` · ${sayDollars(usage.cost)}`
  return (
    <div className="turn-foot">
      {text !== '' && <CopyButton text={text} label={words.copy} />}
      {usage && (
        <span className="facts">{words.tokens(sayCount(usage.input), sayCount(usage.output)) + cached + cost}</span>
      )}
    </div>
  )
}
