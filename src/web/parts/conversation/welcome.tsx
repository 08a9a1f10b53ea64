// The start of a new conversation: what Easel is, and example requests on a sample picture and a sample table.
import { useRef } from 'react'
import chart from '../../assets/example-chart.png'
import grid from '../../assets/example-grid.png'
import spin from '../../assets/example-spin.png'
import square from '../../assets/example-square.png'
import stack from '../../assets/example-stack.png'
import table from '../../assets/example-table.png'
import { useScrollbarWidth } from '../../hooks/use-scrollbar-width.ts'
import { useWords } from '../../i18n/language.tsx'
import { Logo } from '../common/logo.tsx'

const PICTURES = [grid, spin, stack, square]
const TABLE_PICTURES = [table, chart]

interface Props {
  readonly isDisabled: boolean
  /** Sends a request about a sample: its name on the server, and the name that it gets. */
  readonly onTry: (text: string, path: string, name: string) => void
}

export function Welcome({ isDisabled, onTry }: Props) {
  const words = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  useScrollbarWidth(scroller)
  const [path = '', name = ''] = words.sampleTable
  const list = (examples: typeof words.exampleList, pictures: readonly string[], sample: readonly [string, string]) => (
    <ul className="examples">
      {examples.map(({ title, text }, index) => (
        <li key={title}>
          <button type="button" onClick={() => onTry(text, ...sample)} disabled={isDisabled}>
            <img src={pictures[index]} alt="" width={72} height={72} />
            <span>
              <strong>{title}</strong>
              <span>{text}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <div className="talk" ref={scroller}>
      <div className="welcome">
        <Logo />
        <h2>{words.welcome}</h2>
        <p>{words.welcomeText}</p>
        <h3>{words.examples}</h3>
        {list(words.exampleList, PICTURES, ['portrait.png', 'portrait.png'])}
        <h3>{words.tableExamples}</h3>
        {list(words.tableExampleList, TABLE_PICTURES, [path, name])}
      </div>
    </div>
  )
}
