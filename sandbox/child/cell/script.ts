// Turns a snippet into a script: strips types, binds imports and top-level names, returns the last expression. Lines
// and columns of the snippet are preserved; `shift` corrects for the one insertion.
import { stripTypeScriptTypes } from 'node:module'
import { parse, type Program } from 'acorn'
import { bindingsOf, importedNames, type Binding } from './names.ts'
import { walk, type Node } from './walk.ts'

/** A script for the isolate. Its first line is generated, so it is compiled with a line offset of -1. */
export interface CellScript {
  readonly source: string
  readonly filename: string
  /** The modules of its static imports. */
  readonly modules: readonly string[]
  /** The snippet's column for a line and column of the script, all from 1. */
  shift(line: number, column: number): number
}

/** The snippet cannot run: a syntax error, or an import that does not exist. Line and column count from 1. */
export class CellError extends Error {
  readonly code: string
  readonly line: number | undefined
  readonly column: number | undefined
  constructor(code: string, message: string, line?: number, column?: number) {
    super(message)
    this.code = code
    this.line = line
    this.column = column
  }
}

const MAX_BYTES = 1_000_000
const MAX_DEPTH = 500

/** Writes the script of cell `number`. Throws a CellError. */
export function writeScript(code: string, number: number, knownModules: ReadonlySet<string>): CellScript {
  checkSize(code)
  const { plain, program } = parseWithoutTypes(code)
  const edits = new Edits(plain)
  const imports = rewriteModules(program, edits, knownModules)
  const bindings = bindingsOf(program)
  const last = returnLast(program, edits)
  const bind = [...bindings, ...imports.bindings].map(accessor).join(',')
  const head = `'use strict';const $importmeta={url:'file:///mnt/data/cell-${number}.ts',filename:'/mnt/data/cell-${number}.ts',dirname:'/mnt/data'},$imprt=$easel.load;${imports.code}$easel.bind({${bind}});`
  return {
    source: `__easel(async function($easel){${head}\n${edits.apply()}\n})`,
    filename: `cell-${number}.ts`,
    modules: imports.modules,
    shift: (line, column) =>
      last && line === last.line && column > last.column ? Math.max(last.column + 1, column - last.length) : column,
  }
}

function checkSize(code: string): void {
  if (code.length > MAX_BYTES) {
    throw new CellError('EASEL_TOO_LONG', `The snippet has ${code.length} characters; the limit is ${MAX_BYTES}.`)
  }
  let depth = 0
  for (let i = 0; i < code.length; i++) {
    const char = code.charCodeAt(i)
    if (char === 40 || char === 91 || char === 123 || char === 60) depth++
    else if ((char === 41 || char === 93 || char === 125 || char === 62) && depth > 0) depth--
    if (depth > MAX_DEPTH) {
      throw new CellError('EASEL_TOO_DEEP', `The snippet is nested more than ${MAX_DEPTH} levels deep.`)
    }
  }
}

/** Strips the snippet's types without moving anything, and parses it. */
function parseWithoutTypes(code: string): { plain: string; program: Program } {
  const program = parseUntyped(code)
  if (program) return { plain: code, program }
  const plain = strip(code)
  return { plain, program: parseScript(plain) }
}

/** Possibly a type argument, such as `f<string>(x)`, which a JavaScript parser reads as two comparisons. */
const MAYBE_TYPE_ARGUMENTS = /(?<!=)>[^\S\n]*[(`/\n]/

/** Parses code without types; undefined: use the stripper, whose first use costs 70 ms. Most snippets have no types. */
function parseUntyped(code: string): Program | undefined {
  const bracket = code.indexOf('<')
  if (bracket !== -1 && MAYBE_TYPE_ARGUMENTS.test(code.slice(bracket))) return undefined
  try {
    return parse(code, PARSE_OPTIONS)
  } catch {
    // Types, a syntax error or too much nesting: the type stripper finds out which.
    return undefined
  }
}

const UNREADABLE = 'The snippet is nested too deeply to be parsed. Flatten it. The sandbox was restarted.'

/** Too deep a snippet breaks the stripper for the whole process: after EASEL_UNREADABLE the process must end. */
function strip(code: string): string {
  try {
    return stripTypeScriptTypes(code, { mode: 'strip' })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (!/TYPESCRIPT_SYNTAX/.test((error as NodeJS.ErrnoException).code ?? ''))
      throw new CellError('EASEL_UNREADABLE', UNREADABLE)
    throw new CellError(
      'EASEL_SYNTAX',
      `SyntaxError: ${text.split('\n')[0]?.trim() || 'The snippet is not TypeScript that can run.'}`,
    )
  }
}

const PARSE_OPTIONS = { ecmaVersion: 'latest', sourceType: 'module', locations: true, allowHashBang: true } as const

function parseScript(code: string): Program {
  try {
    return parse(code, PARSE_OPTIONS)
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number; column: number } }
    throw new CellError(
      'EASEL_SYNTAX',
      `SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, '')}`,
      loc?.line,
      loc && loc.column + 1,
    )
  }
}

/** Edits that keep every position: replacements of equal length, or one insertion at the end of the program. */
class Edits {
  readonly #text: string
  readonly #list: { start: number; end: number; by: string }[] = []
  constructor(text: string) {
    this.#text = text
  }
  replace(start: number, end: number, by: string): void {
    this.#list.push({ start, end, by })
  }
  blank(start: number, end: number): void {
    this.replace(start, end, this.#text.slice(start, end).replace(/[^\n]/g, ' '))
  }
  apply(): string {
    let out = ''
    let at = 0
    for (const { start, end, by } of this.#list.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      out += this.#text.slice(at, start) + by
      at = end
    }
    return out + this.#text.slice(at)
  }
}

/** Turns static imports into bindings on the first line; gives `import()` and `import.meta` names of equal length. */
function rewriteModules(
  program: Program,
  edits: Edits,
  known: ReadonlySet<string>,
): { code: string; bindings: Binding[]; modules: string[] } {
  const bindings: Binding[] = []
  const modules: string[] = []
  let code = ''
  const check = (name: unknown, node: Node): string => {
    if (typeof name === 'string' && known.has(name)) {
      modules.push(name)
      return JSON.stringify(name)
    }
    throw new CellError(
      'EASEL_IMPORT',
      `Cannot import ${JSON.stringify(name)}: it is not available in the sandbox.`,
      node.loc?.start.line,
      (node.loc?.start.column ?? 0) + 1,
    )
  }
  walk(program as unknown as Node, (node) => {
    if (node.type === 'ImportExpression') edits.replace(node.start, node.start + 6, '$imprt')
    else if (node.type === 'MetaProperty' && node.end - node.start === 11)
      edits.replace(node.start, node.end, '$importmeta')
  })
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      const name = check(node.source.value, node as unknown as Node)
      if (node.specifiers.length === 0) code += `$easel.module(${name});`
      for (const [local, imported] of importedNames(node)) {
        code += `const ${local}=${imported === '*' ? `$easel.module(${name})` : `$easel.member(${name},${JSON.stringify(imported)})`};`
        bindings.push({ name: local, kind: 'const' })
      }
      edits.blank(node.start, node.end)
    } else if (node.type === 'ExportNamedDeclaration' && node.declaration)
      edits.blank(node.start, node.declaration.start)
    else if (node.type === 'ExportDefaultDeclaration') edits.blank(node.start, node.declaration.start)
    else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration')
      edits.blank(node.start, node.end)
  }
  return { code, bindings, modules }
}

const RETURN = 'return '

/** Makes the value of the last expression the cell's value. */
function returnLast(program: Program, edits: Edits): { line: number; column: number; length: number } | undefined {
  const last = program.body.at(-1)
  const value =
    last?.type === 'ExpressionStatement' ||
    (last?.type === 'ExportDefaultDeclaration' && /Expression|Identifier|Literal/.test(last.declaration.type))
  if (!last?.loc || !value) return undefined
  const start = last.type === 'ExportDefaultDeclaration' ? last.declaration : last
  edits.replace(start.start, start.start, RETURN)
  return { line: start.loc?.start.line ?? 0, column: start.loc?.start.column ?? 0, length: RETURN.length }
}

function accessor({ name, kind }: Binding): string {
  return kind === 'const' ? `${name}:['const',()=>${name}]` : `${name}:['let',()=>${name},$v=>{${name}=$v}]`
}
