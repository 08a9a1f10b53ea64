// Rewrites a snippet's imports for plain Node: gifenc and papaparse are CommonJS, so only their default import works,
// and types are not exported. The journal, and so every export, keeps the rewritten form. Line numbers do not change.
import { withTypeImports } from './type-imports.ts'

const COMMON_JS = 'gifenc|papaparse'
/** Comments, blank lines and imports at the top of a snippet; anything further down is left alone. */
const HEAD = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|import\b[^;'"`]*(['"])[^'"\n]*\1[ \t]*;?)*/
const NAMED = new RegExp(
  `\\bimport\\s+(?:([\\w$]+)\\s*,\\s*)?\\{([^{}]*)\\}\\s*from\\s*(['"])(${COMMON_JS})\\3[ \\t]*;?`,
  'g',
)

/** Rewrites named imports of these packages to a default import and a destructuring, and marks type imports. */
export function withNodeImports(code: string): string {
  const head = HEAD.exec(code)?.[0] ?? ''
  const rewritten = withTypeImports(head).replace(
    NAMED,
    (whole, own: string | undefined, list: string, _quote, name: string) => {
      const members = list.split(',').map((member) => member.trim())
      const values = members.filter((member) => member !== '' && !member.startsWith('type '))
      const types = members.filter((member) => member.startsWith('type ')).map((member) => member.slice(5))
      if (values.length === 0) return whole
      const binding = own ?? freeName(name, code)
      const parts = [
        `import ${binding} from '${name}'`,
        ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '${name}'`] : []),
        `const { ${values.map((value) => value.replace(/(?<!\s)\s+as\s+/, ': ')).join(', ')} } = ${binding}`,
      ]
      // Keeps the line numbers of what follows.
      return parts.join('; ') + '\n'.repeat(whole.split('\n').length - 1)
    },
  )
  return rewritten + code.slice(head.length)
}

/** The package's own name, unless the snippet uses it for something else. */
function freeName(name: string, code: string): string {
  const others = code.replaceAll(new RegExp(`(['"])${name}\\1`, 'g'), '')
  return new RegExp(`\\b${name}\\b`).test(others) ? `${name}Package` : name
}
