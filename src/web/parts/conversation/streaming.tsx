// The text and code that are streaming; before any arrives, a spinner.
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { HighlightedCode } from './highlighted-code.tsx'
import { Markdown } from './markdown.tsx'

export function Streaming({ turn: { streaming, items } }: { readonly turn: Turn }) {
  const words = useWords()
  const last = items.at(-1)
  if (streaming.length === 0) {
    // A running cell or picture generation has its own spinner.
    if ((last?.type === 'cell' || last?.type === 'drawing') && last.status === 'running') return null
    return (
      <p className="thinking">
        <span className="spinner" aria-hidden="true" />
        {words.working}
      </p>
    )
  }
  return streaming.map(({ of, text }, index) =>
    of === 'text' ? (
      <Markdown key={index} text={text} />
    ) : (
      <section key={index} className="cell" data-status="running" aria-label={words.writing}>
        <header>
          <span className="spinner" aria-hidden="true" />
          <span className="cell-title">{words.writing}</span>
        </header>
        <pre className="code writing" tabIndex={0} role="group" aria-label={words.code}>
          <HighlightedCode code={text} />
        </pre>
      </section>
    ),
  )
}
