// One picture that can be zoomed and panned.
import { ScreenFullIcon, ZoomInIcon, ZoomOutIcon } from '@primer/octicons-react'
import { fileUrl } from '../../api/client.ts'
import { useZoom } from '../../hooks/use-zoom.ts'
import { shownSize } from '../../model/file-kind.ts'
import type { FileVersion } from '../../model/types.ts'
import type { View } from '../../model/zoom.ts'
import { useWords } from '../../i18n/language.tsx'
import { IconButton } from '../common/icon-button.tsx'

const STEP = 1.4

export function ZoomablePicture({ session, file }: { readonly session: string; readonly file: FileVersion }) {
  const words = useWords()
  const size = shownSize(file.card)
  const { stage, view, zoomBy, fit, actual, onPointerDown, onPointerMove, onPointerUp } = useZoom(size)
  const percent = `${Math.round(view.scale * 100)} %`
  return (
    <>
      <div
        className="stage"
        ref={stage}
        {...{ onPointerDown, onPointerMove, onPointerUp }}
        onPointerCancel={onPointerUp}
        onDoubleClick={() => (Math.abs(view.scale - 1) < 0.01 ? fit() : actual())}
      >
        <img
          src={fileUrl(session, file.id)}
          alt={file.name}
          draggable={false}
          className={view.scale >= 3 ? 'pixels' : ''}
          {...size}
          style={{ transform: transformOf(view) }}
        />
      </div>
      <footer>
        <IconButton icon={ZoomOutIcon} label={words.zoomOut} onClick={() => zoomBy(1 / STEP)} />
        <button
          type="button"
          className="link scale"
          title={words.actual}
          aria-label={`${percent}, ${words.actual}`}
          onClick={actual}
        >
          {percent}
        </button>
        <IconButton icon={ZoomInIcon} label={words.zoomIn} onClick={() => zoomBy(STEP)} />
        <IconButton icon={ScreenFullIcon} label={words.fit} onClick={fit} />
      </footer>
    </>
  )
}

/** Relative to the centre of the stage. */
function transformOf({ scale, x, y }: View): string {
  return `translate(-50%, -50%) translate(${x}px, ${y}px) scale(${scale})`
}
