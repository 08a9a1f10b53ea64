// The start of a new conversation: what Easel is, and four example requests on a sample picture.
import { useRef } from 'react'
import grid from '../../assets/example-grid.png'
import spin from '../../assets/example-spin.png'
import square from '../../assets/example-square.png'
import stack from '../../assets/example-stack.png'
import { useScrollbarWidth } from '../../hooks/use-scrollbar-width.ts'
import { useWords } from '../../i18n/language.tsx'
import { Logo } from '../common/logo.tsx'

const PICTURES = [grid, spin, stack, square]

interface Props {
  readonly isDisabled: boolean
  readonly onTry: (text: string) => void
}

export function Welcome({ isDisabled, onTry }: Props) {
  const words = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  useScrollbarWidth(scroller)
  return (
    <div className="talk" ref={scroller}>
      <div className="welcome">
        <Logo />
        <h2>{words.welcome}</h2>
        <p>{words.welcomeText}</p>
        <h3>{words.examples}</h3>
        <ul className="examples">
          {words.exampleList.map(({ title, text }, index) => (
            <li key={title}>
              <button type="button" onClick={() => onTry(text)} disabled={isDisabled}>
                <img src={PICTURES[index]} alt="" width={72} height={72} />
                <span>
                  <strong>{title}</strong>
                  <span>{text}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
