// Keeps what cannot be drawn from taking the rest of the page with it.
import { Component, type ReactNode } from 'react'

interface Props {
  /** What stands there instead. */
  readonly instead: ReactNode
  readonly children: ReactNode
}

export class Boundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }
  override render(): ReactNode {
    return this.state.isBroken ? this.props.instead : this.props.children
  }
}
