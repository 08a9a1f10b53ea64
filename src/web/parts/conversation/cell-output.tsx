// What a cell prints, live; the value of its last expression is folded.
import { useEffect, useRef } from 'react'
import type { CellItem } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

type Piece = CellItem['output'][number]

/** Characters shown; more would slow the page down. */
const MAX_CHARACTERS = 60_000

export function CellOutput({ cell: { output, status, removed } }: { readonly cell: CellItem }) {
  const words = useWords()
  const pieces = output.filter(({ text }) => text.trim() !== '')
  const printed = pieces.filter(({ stream }) => stream !== 'value')
  const values = pieces.filter(({ stream }) => stream === 'value')
  return (
    <>
      {printed.length > 0 && <Printed pieces={printed} label={words.output} isRunning={status === 'running'} />}
      {values.length > 0 && (
        <details className="value-fold">
          <summary>{words.value}</summary>
          <Printed pieces={values} label={words.value} isRunning={false} />
        </details>
      )}
      {removed.map((name) => (
        <p key={name} className="remark">
          {words.removedFile(name)}
        </p>
      ))}
    </>
  )
}

interface PrintedProps {
  readonly pieces: readonly Piece[]
  readonly label: string
  readonly isRunning: boolean
}

function Printed({ pieces, label, isRunning }: PrintedProps) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    const { current } = box
    if (current && isRunning) current.scrollTop = current.scrollHeight
  }, [pieces, isRunning])
  return (
    <pre ref={box} className="output" tabIndex={0} role="group" aria-label={label}>
      {pieces.map(({ stream, text }, index) => (
        <span key={index} className={stream}>
          {text.length > MAX_CHARACTERS ? `…${text.slice(-MAX_CHARACTERS)}` : text}
        </span>
      ))}
    </pre>
  )
}
