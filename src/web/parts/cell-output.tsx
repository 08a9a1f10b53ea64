// What a cell printed, as it comes.
import { useEffect, useRef } from 'react'
import type { CellItem } from '../model/shapes.ts'
import { useWords } from '../words/language.tsx'

/** Characters that are shown; the rest would hold up the page. */
const MOST = 60_000

export function CellOutput({ cell: { output, status, removed } }: { readonly cell: CellItem }) {
  const words = useWords()
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    const { current } = box
    if (current && status === 'running') current.scrollTop = current.scrollHeight
  }, [output, status])
  const pieces = output.filter(({ text }) => text.trim() !== '')
  return (
    <>
      {pieces.length > 0 && (
        <pre ref={box} className="output" tabIndex={0} role="region" aria-label={words.output}>
          {pieces.map(({ stream, text }, index) => (
            <span key={index} className={stream}>
              {text.length > MOST ? `…${text.slice(-MOST)}` : text}
            </span>
          ))}
        </pre>
      )}
      {removed.map((name) => (
        <p key={name} className="remark">
          {words.removedFile(name)}
        </p>
      ))}
    </>
  )
}
