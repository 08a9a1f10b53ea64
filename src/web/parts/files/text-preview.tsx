// The beginning of a text.
import { useMemo } from 'react'
import { useBytes } from '../../hooks/session/use-file-bytes.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { decoder } from '../../model/decoder.ts'
import type { MadeFile } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { Highlighted } from '../conversation/highlighted-code.tsx'

const MAX_BYTES = 20_000

export function TextPreview({ file }: { readonly file: MadeFile }) {
  const words = useWords()
  const { session } = useSessionContext()
  const read = useBytes(session, file.id, MAX_BYTES)
  const text = useMemo(
    () => (read.state === 'read' ? decoder(file.card.encoding).decode(read.bytes) : ''),
    [read, file.card],
  )
  if (read.state !== 'read') return <p className="quiet">{read.state === 'failed' ? words.notShown : words.loading}</p>
  return (
    <pre className="text-preview" tabIndex={0} role="group" aria-label={file.name}>
      <Highlighted code={read.isCut ? `${text}…` : text} language={file.card.kind === 'json' ? 'json' : 'plain'} />
    </pre>
  )
}
