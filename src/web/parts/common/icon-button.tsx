// A button that shows only a picture: its label is for everybody who does not see it, and for who points at it.
import type { Icon } from '@primer/octicons-react'
import type { ButtonHTMLAttributes } from 'react'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: Icon
  readonly label: string
}

export function IconButton({ icon: Picture, label, className = '', ...rest }: Props) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Picture size={16} />
    </button>
  )
}

interface LinkProps {
  readonly icon: Icon
  readonly label: string
  readonly href: string
}

/** The same for a download. */
export function IconLink({ icon: Picture, label, href }: LinkProps) {
  return (
    <a className="icon-button" aria-label={label} title={label} href={href} download>
      <Picture size={16} />
    </a>
  )
}
