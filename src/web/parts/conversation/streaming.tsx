// What is being written this moment; until something is, a sign that it is being thought about.
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { Highlighted } from './highlighted-code.tsx'
import { Markdown } from './markdown.tsx'

export function Streaming({ turn: { streaming, items } }: { readonly turn: Turn }) {
  const words = useWords()
  const last = items.at(-1)
  if (streaming.length === 0) {
    // A running cell or drawing shows by itself that it runs.
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
          <Highlighted code={text} />
        </pre>
      </section>
    ),
  )
}
