// The area below the conversation: current problems, the message field, and which planner answers.
import { AlertIcon, XIcon } from '@primer/octicons-react'
import { useState } from 'react'
import type { PageState } from '../../hooks/session/use-page-state.ts'
import { formatDollars } from '../../../spending/messages.ts'
import type { Usage } from '../../model/types.ts'
import { describeProblem, useWords } from '../../i18n/language.tsx'
import { Composer } from './composer.tsx'
import { ConnectModelDialog } from '../sessions/connect-model.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { IdleNotice } from '../sessions/idle-notice.tsx'

export function ComposerArea({ place }: { readonly place: PageState }) {
  const words = useWords()
  const { id, conversation, isTroubled, info, acting, attachments, isBusy, send } = place
  const { session, turns } = conversation
  const { actions, problem, tell, isStopping } = acting
  const hasCells = turns.some(({ items }) => items.some(({ type }) => type === 'cell'))
  return (
    <div className="foot">
      <div className="column">
        {isTroubled && (
          <p className="trouble-line" role="status">
            <span className="spinner" aria-hidden="true" />
            {words.reconnecting}
          </p>
        )}
        {problem && (
          <div className="problem" role="alert">
            <AlertIcon size={16} />
            <p>{describeProblem(words, problem)}</p>
            <IconButton icon={XIcon} label={words.dismiss} onClick={() => tell(undefined)} />
          </div>
        )}
        {session && info && (
          <IdleNotice session={session} idleMs={info.idleMs} hasCells={hasCells} onWake={actions.wake} />
        )}
        <Composer
          {...{ attachments, isBusy, isStopping }}
          isFirst={turns.length === 0}
          session={id}
          detail={info?.planner.detail}
          fetches={info?.fetches === true}
          onSend={send}
          onStop={actions.stop}
        />
        <PlannerLine info={info} usage={conversation.usage} />
      </div>
    </div>
  )
}

function PlannerLine({ info, usage }: { readonly info: PageState['info']; readonly usage: Usage | undefined }) {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  if (!info) return <p className="planner-line" />
  const { planner } = info
  return (
    <p className="planner-line">
      <span title={planner.description}>
        {planner.kind === 'model' ? words.model(planner.model ?? planner.description) : words.phrasebook}
      </span>
      {usage?.cost !== undefined && ` · ${words.spent(formatDollars(usage.cost))}`}
      {' · '}
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {words.connect}
      </button>
      {isOpen && <ConnectModelDialog planner={planner} onClose={() => setOpen(false)} />}
    </p>
  )
}
