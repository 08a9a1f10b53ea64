// Code in colours. Only the language of snippets is known, and what is close to it.
import { createLowlight } from 'lowlight'
import json from 'highlight.js/lib/languages/json'
import typescript from 'highlight.js/lib/languages/typescript'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { memo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

const lowlight = createLowlight({ typescript, json })
lowlight.registerAlias({ typescript: ['ts', 'js', 'javascript', 'tsx', 'jsx'] })
/** More than this is shown plain: colours would hold up the page. */
const MAX = 40_000

interface Props {
  readonly code: string
  readonly language?: string
}

export const Highlighted = memo(function Highlighted({ code, language = 'typescript' }: Props) {
  if (code.length > MAX || !lowlight.registered(language)) return <code>{code}</code>
  const tree = lowlight.highlight(language, code)
  return <code>{toJsxRuntime(tree, { Fragment, jsx, jsxs })}</code>
})
