// Keeps a rendering error in one component from taking down the page.
import { Component, type ReactNode } from 'react'

interface Props {
  /** Shown instead after an error. */
  readonly instead: ReactNode
  readonly children: ReactNode
}

export class ErrorBoundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }
  override render(): ReactNode {
    return this.state.isBroken ? this.props.instead : this.props.children
  }
}
