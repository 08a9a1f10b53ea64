// Syntax highlighting, only for TypeScript, JavaScript and JSON.
import { createLowlight } from 'lowlight'
import json from 'highlight.js/lib/languages/json'
import typescript from 'highlight.js/lib/languages/typescript'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { memo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

const lowlight = createLowlight({ typescript, json })
lowlight.registerAlias({ typescript: ['ts', 'js', 'javascript', 'tsx', 'jsx'] })
/** Longer code (in characters) is shown plain, since highlighting would slow the page down. */
const MAX_CHARACTERS = 40_000

interface Props {
  readonly code: string
  readonly language?: string
}

export const HighlightedCode = memo(function HighlightedCode({ code, language = 'typescript' }: Props) {
  if (code.length > MAX_CHARACTERS || !lowlight.registered(language)) return <code>{code}</code>
  const tree = lowlight.highlight(language, code)
  return <code>{toJsxRuntime(tree, { Fragment, jsx, jsxs })}</code>
})
