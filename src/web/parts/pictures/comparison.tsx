// Before and after: overlaid with a divider if their proportions match, otherwise side by side.
import { useState } from 'react'
import { fileUrl } from '../../api/client.ts'
import { useZoom } from '../../hooks/use-zoom.ts'
import { shownSize } from '../../model/file-kind.ts'
import { hasSameProportions } from '../../model/picture-size.ts'
import type { FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly session: string
  readonly file: FileVersion
  readonly before: FileVersion
}

export function Comparison(props: Props) {
  return hasSameProportions(shownSize(props.file.card), shownSize(props.before.card)) ? (
    <Divided {...props} />
  ) : (
    <SideBySide {...props} />
  )
}

function Divided({ session, file, before }: Props) {
  const words = useWords()
  const [share, setShare] = useState(50)
  const size = shownSize(file.card)
  const { stage, view } = useZoom(size)
  const box = { width: size.width * view.scale, height: size.height * view.scale }
  return (
    <div className="stage compare" ref={stage}>
      <div className="pair" style={{ ...box, transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px)` }}>
        <img src={fileUrl(session, before.id)} alt={`${words.before}: ${before.name}`} draggable={false} />
        <img
          src={fileUrl(session, file.id)}
          alt={`${words.after}: ${file.name}`}
          draggable={false}
          style={{ clipPath: `inset(0 0 0 ${share}%)` }}
        />
        <span className="divider" style={{ left: `${share}%` }} />
        <span className="tag before">{words.before}</span>
        <span className="tag after">{words.after}</span>
        <input
          type="range"
          min={0}
          max={100}
          step={0.5}
          value={share}
          aria-label={words.divider}
          onChange={({ target }) => setShare(Number(target.value))}
        />
      </div>
    </div>
  )
}

function SideBySide({ session, file, before }: Props) {
  const words = useWords()
  return (
    <div className="stage side-by-side">
      {[before, file].map((one, index) => (
        <figure key={one.id}>
          <img src={fileUrl(session, one.id)} alt={one.name} draggable={false} />
          <figcaption>{index === 0 ? words.before : words.after}</figcaption>
        </figure>
      ))}
    </div>
  )
}
