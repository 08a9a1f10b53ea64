// A picture in the conversation, as sharp as the screen allows; a click opens it in full size.
import { useRef } from 'react'
import { fileUrl } from '../../api/client.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { useWidth } from '../../hooks/use-width.ts'
import { shownSize } from '../../model/file-kind.ts'
import { inlineSize } from '../../model/picture-size.ts'
import type { FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { FileCaption } from '../files/file-caption.tsx'

interface Props {
  readonly file: FileVersion
  readonly before: FileVersion | undefined
}

export function Figure({ file, before }: Props) {
  const words = useWords()
  const { session, show } = useSessionContext()
  const frame = useRef<HTMLElement>(null)
  const column = useWidth(frame)
  const { width, height } = inlineSize(shownSize(file.card), column, devicePixelRatio)
  return (
    <figure className="made" ref={frame}>
      <button type="button" className="picture" aria-label={words.open(file.name)} onClick={() => show(file, before)}>
        <img
          src={fileUrl(session, file.id)}
          {...{ width, height }}
          alt={file.name}
          loading="lazy"
          decoding="async"
          draggable={false}
          className={file.card.hasAlpha === true ? 'see-through' : ''}
        />
      </button>
      <FileCaption file={file} />
    </figure>
  )
}
