// Renders the planner's text. It is untrusted: HTML is dropped, and only pictures of the session are loaded, since a
// request to a foreign URL could leak data.
import { Children, lazy, memo, Suspense } from 'react'
import ReactMarkdown, { defaultUrlTransform, type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { downloadUrl, fileUrl } from '../../api/client.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { kindOf } from '../../model/file-kind.ts'
import { separateBlocks } from '../../../markdown-blocks.ts'
import { useWords } from '../../i18n/language.tsx'
import { HighlightedCode } from './highlighted-code.tsx'

const AnswerTable = lazy(() => import('../tables/answer-table.tsx'))

const plugins = [remarkGfm]

export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="words">
      <ReactMarkdown
        remarkPlugins={plugins}

        components={components}
        urlTransform={sanitizeUrl}
      >
        {separateBlocks(text)}
      </ReactMarkdown>
    </div>
  )
})

const components: Components = {
  img: ({ src, alt }) => <Picture name={nameOf(src)} alt={alt ?? ''} />,
  // Line breaks within an item are kept; those that only separate its blocks are dropped.
  li: ({ className, children }) => <li className={className}>{Children.toArray(children).filter(isNoBreak)}</li>,
  input: ({ checked }) => <Tick isTicked={checked === true} />,
  a: ({ href, children }) => <Link href={href ?? ''}>{children}</Link>,
  code({ className, children }) {
    const language = /language-(\S+)/.exec(className ?? '')?.[1]
    const code = typeof children === 'string' ? children : ''
    if (!code.includes('\n') && language === undefined) return <code className="inline">{children}</code>
    return <HighlightedCode code={code.replace(/\n$/, '')} language={language ?? 'plain'} />
  },
  pre: ({ children }) => (
    <pre tabIndex={0} role="group">
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <Suspense
      fallback={
        <div className="table-scroll">
          <table>{children}</table>
        </div>
      }
    >
      <AnswerTable>{children}</AnswerTable>
    </Suspense>
  ),
}

/** The check box of a task list item, read-only. */
function Tick({ isTicked }: { readonly isTicked: boolean }) {
  const words = useWords()
  return (
    <span role="img" aria-label={isTicked ? words.ticked : words.unticked}>
      {isTicked ? '☑' : '☐'}
    </span>
  )
}

function isNoBreak(child: unknown): boolean {
  return typeof child !== 'string' || child.trim() !== '' || !child.includes('\n')
}

function Picture({ name, alt }: { readonly name: string; readonly alt: string }) {
  const { fileOf, session } = useSessionContext()
  const file = fileOf(name)
  if (!file || kindOf(file.card) !== 'picture') return <span className="quiet">[{alt || name}]</span>
  return <img src={fileUrl(session, file.id)} alt={alt || name} loading="lazy" />
}

function Link({ href, children }: { readonly href: string; readonly children: React.ReactNode }) {
  const { fileOf, session } = useSessionContext()
  const file = fileOf(nameOf(href))
  if (file) {
    return (
      <a href={downloadUrl(session, file.id)} download>
        {children}
      </a>
    )
  }
  if (!/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** Models often link to sandbox paths (`sandbox:/mnt/data/…`). Other URLs keep only harmless schemes. */
function sanitizeUrl(address: string): string {
  return defaultUrlTransform(address.replace(/^sandbox:/, ''))
}

/** The name of a session file, from a path as models write it. */
function nameOf(address: unknown): string {
  if (typeof address !== 'string') return ''
  try {
    return decodeURIComponent(address).replace(/^(\/mnt\/data\/|\.\/)/, '')
  } catch {
    return address
  }
}
