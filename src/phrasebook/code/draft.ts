// A snippet under construction: imports, constants, then lines; and literals that no file name can break out of.

type Module = 'sharp' | 'easel' | 'papaparse' | 'node:fs/promises'

export interface SnippetDraft {
  /** Imports names from a module; `sharp` and `papaparse` are default imports. */
  use(module: Module, ...names: readonly string[]): void
  /** Declares a constant at the top; returns its name, with a number appended if the name has another value. */
  constant(name: string, value: number | string): string
  /** Declares a function once: at the top, or `here`, before its first use, if it refers to a variable. */
  helper(name: string, code: string, here?: boolean): void
  /** An unused variable name. */
  fresh(name: string): string
  line(...lines: readonly string[]): void
  /** Indents the lines that `write` adds, as a block. */
  block(open: string, write: () => void, close?: string): void
  text(): string
}

/** An empty snippet. */
export function newDraft(): SnippetDraft {
  const imports = new Map<Module, Set<string>>()
  const constants = new Map<string, string>()
  const names = new Set<string>()
  const helpers = new Map<string, string>()
  let lines: string[] = []
  const use: SnippetDraft['use'] = (module, ...used) => {
    const before = imports.get(module) ?? new Set()
    imports.set(module, new Set([...before, ...used]))
    for (const name of used) names.add(name)
  }
  const fresh = (name: string) => {
    const free = names.has(name) ? numbered(name, (other) => !names.has(other)) : name
    names.add(free)
    return free
  }
  return {
    use,
    fresh,
    constant(name, value) {
      const text = typeof value === 'number' ? numberLiteral(value) : value
      if (constants.get(name) === text) return name
      const free = constants.has(name)
        ? numbered(name, (other) => !constants.has(other) || constants.get(other) === text)
        : name
      constants.set(free, text)
      return free
    },
    helper(name, code, here = false) {
      if (names.has(name)) return
      names.add(name)
      if (here) lines.push(code)
      else helpers.set(name, code)
    },
    line: (...added) => void lines.push(...added),
    block(open, write, close = '}') {
      const outer = lines
      lines = []
      write()
      outer.push(open, ...lines.flatMap((line) => line.split('\n')).map((line) => (line ? `  ${line}` : line)), close)
      lines = outer
    },
    text: () =>
      [importLines(imports), constantLines(constants), [...helpers.values()].join('\n'), lines.join('\n')]
        .filter(Boolean)
        .join('\n\n') + '\n',
  }
}

/** A string literal for any text: quotes or line breaks in a name cannot end it. */
export function literal(text: string): string {
  return /^[\p{L}\p{N} .,:()·°+%_/-]*$/u.test(text)
    ? `'${text}'`
    : JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
}

/** A list literal. A long one has one item per line, or as many as fit if all are short. */
export function listLiteral(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`
  if (line.length <= 90) return line
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const fits = last !== undefined && items.every(({ length }) => length <= 16) && last.length + item.length < 86
    if (fits) lines[lines.length - 1] = `${last} ${item},`
    else lines.push(`${item},`)
  }
  return `[\n${lines.map((text) => `  ${text}`).join('\n')}\n]`
}

/** 200000 as 200_000. */
function numberLiteral(value: number): string {
  const text = String(Number(value.toFixed(6)))
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(?:\d{3})+$)/g, '_') : text
}

function numbered(name: string, free: (name: string) => boolean): string {
  for (let n = 2; ; n++)
    if (free(`${name}${/[A-Z]$/.test(name) ? '_' : ''}${n}`)) return `${name}${/[A-Z]$/.test(name) ? '_' : ''}${n}`
}

function importLines(imports: ReadonlyMap<Module, ReadonlySet<string>>): string {
  const order: readonly Module[] = ['node:fs/promises', 'papaparse', 'sharp', 'easel']
  return order
    .filter((module) => imports.has(module))
    .map((module) =>
      module === 'sharp' || module === 'papaparse'
        ? `import ${module === 'sharp' ? 'sharp' : 'Papa'} from '${module}'`
        : `import { ${[...imports.get(module)!].toSorted().join(', ')} } from '${module}'`,
    )
    .join('\n')
}

function constantLines(constants: ReadonlyMap<string, string>): string {
  return [...constants].map(([name, value]) => `const ${name} = ${value}`).join('\n')
}
