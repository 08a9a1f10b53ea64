// A selector beside the message for the detail at which the model sees pictures.
import { EyeIcon } from '@primer/octicons-react'
import type { Detail } from '../../../../sessions/event.ts'
import { DETAILS, useDetail } from '../../hooks/session/use-detail.ts'
import { useWords } from '../../i18n/language.tsx'

export function DetailChoice({ standard }: { readonly standard: Detail }) {
  const words = useWords()
  const [detail, choose] = useDetail(standard)
  return (
    <label className="detail-choice" title={words.detail}>
      <EyeIcon size={16} />
      <select
        aria-label={words.detail}
        value={detail}
        onChange={({ target }) => choose(DETAILS.find((one) => one === target.value) ?? standard)}
      >
        {DETAILS.map((one) => (
          <option key={one} value={one}>
            {words.details[one]}
          </option>
        ))}
      </select>
    </label>
  )
}
