// A button with only an icon; its label serves screen readers and the tooltip.
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

/** The same as a download link. */
export function IconLink({ icon: Picture, label, href }: LinkProps) {
  return (
    <a className="icon-button" aria-label={label} title={label} href={href} download>
      <Picture size={16} />
    </a>
  )
}
