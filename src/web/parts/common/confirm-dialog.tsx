// Asks for confirmation before something is deleted.
import { useWords } from '../../i18n/language.tsx'
import { Modal } from './modal.tsx'

interface Props {
  readonly title: string
  readonly text: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function ConfirmDialog({ title, text, onConfirm, onClose }: Props) {
  const words = useWords()
  return (
    <Modal label={title} className="sheet" onClose={onClose}>
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            onConfirm()
            onClose()
          }}
        >
          {words.delete}
        </button>
      </div>
    </Modal>
  )
}
