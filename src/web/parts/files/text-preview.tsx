// The beginning of a text file.
import { useMemo } from 'react'
import { useFileBytes } from '../../hooks/session/use-file-bytes.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { createDecoder } from '../../model/decoder.ts'
import type { FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { HighlightedCode } from '../conversation/highlighted-code.tsx'

const MAX_BYTES = 20_000

export function TextPreview({ file }: { readonly file: FileVersion }) {
  const words = useWords()
  const { session } = useSessionContext()
  const read = useFileBytes(session, file.id, MAX_BYTES)
  const text = useMemo(
    () => (read.state === 'read' ? createDecoder(file.card.encoding).decode(read.bytes) : ''),
    [read, file.card],
  )
  if (read.state !== 'read') return <p className="quiet">{read.state === 'failed' ? words.notShown : words.loading}</p>
  return (
    <pre className="text-preview" tabIndex={0} role="group" aria-label={file.name}>
      <HighlightedCode code={read.isCut ? `${text}…` : text} language={file.card.kind === 'json' ? 'json' : 'plain'} />
    </pre>
  )
}
