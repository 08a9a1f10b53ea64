// Instructions for connecting a model.
import type { InfoShape } from '../../../http/schemas.ts'
import { useWords } from '../../i18n/language.tsx'
import { Modal } from '../common/modal.tsx'

export function ConnectModelDialog({
  planner,
  onClose,
}: {
  readonly planner: InfoShape['planner']
  readonly onClose: () => void
}) {
  const words = useWords()
  const { phrasebook, model } = words.connectNow
  return (
    <Modal label={words.connectTitle} className="sheet wide" onClose={onClose}>
      <h2>{words.connectTitle}</h2>
      <p>{planner.kind === 'phrasebook' ? phrasebook : model(planner.model ?? planner.description)}</p>
      <p>{words.connectHow}</p>
      <pre tabIndex={0} role="group" aria-label={words.connectTitle}>
        {`export OPENAI_API_KEY=…      # ${words.connectKey}\n`}
        {`export OPENAI_BASE_URL=…     # ${words.connectBase}\n`}
        {`export EASEL_MODEL=…         # ${words.connectModel}`}
      </pre>
      <p className="quiet">{words.connectSafe}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Modal>
  )
}
