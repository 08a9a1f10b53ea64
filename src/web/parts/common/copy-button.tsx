// Copies a text to the clipboard and confirms it for a moment.
import { CheckIcon, CopyIcon } from '@primer/octicons-react'
import { useEffect, useState } from 'react'
import { useWords } from '../../i18n/language.tsx'
import { toClipboard } from '../../model/clipboard.ts'
import { IconButton } from './icon-button.tsx'

const SHOWN_MS = 1500

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const words = useWords()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (): void =>
    void toClipboard(text).then(
      () => setCopied(true),
      () => undefined,
    )
  return <IconButton icon={isCopied ? CheckIcon : CopyIcon} label={isCopied ? words.copied : label} onClick={copy} />
}
