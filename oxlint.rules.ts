// Rules of this project alone: which part may import which (one table), and words that are not used for names.
import { dirname, relative, resolve, sep } from 'node:path'

const ROOT = import.meta.dirname

/** Layer 0: what every part may know. */
const VOCABULARY = [
  'sandbox/protocol.ts',
  'sandbox/table-protocol.ts',
  'sandbox/limits.ts',
  'sandbox/untrusted-text.ts',
  'sandbox/queue.ts',
  'sandbox/file-signature.ts',
  'sessions/event.ts',
  'src/usage-error.ts',
]
const PROCESS_WALL = ['src/process-wall/', 'src/process-watch/']
/** Names of the product's own files and packages, which the near side needs to start a child and to check snippets. */
const PRODUCT = ['sandbox/product.ts', 'sandbox/module-names.ts', 'sandbox/lazy-bundles.ts', 'sandbox/bounded-json.ts']

interface Layer {
  /** A folder with a slash at its end, or a file. The first entry that fits a file counts. */
  readonly of: string
  /** What may be imported beside the part's own files and packages; `*`: everything that no other entry forbids. */
  readonly imports: readonly string[]
  readonly except?: readonly string[]
}

/** ARCHITECTURE.md, "Layers": each part with what it may import. */
export const LAYERS: readonly Layer[] = [
  { of: 'sandbox/protocol.ts', imports: ['sandbox/limits.ts', 'sandbox/table-protocol.ts'] },
  { of: 'sandbox/table-protocol.ts', imports: [] },
  { of: 'sandbox/limits.ts', imports: [] },
  { of: 'sandbox/untrusted-text.ts', imports: [] },
  // Outside the sandbox its GIFs are encoded by the native side's workers, and its SQL runs in the process.
  { of: 'sandbox/helpers/', imports: ['sandbox/native/gif/encoder.ts', 'sandbox/native/sql/'] },
  { of: 'sandbox/', imports: [] },
  { of: 'sessions/event.ts', imports: ['sandbox/protocol.ts', 'sandbox/limits.ts'] },
  { of: 'sessions/', imports: VOCABULARY },
  { of: 'src/process-watch/', imports: ['sandbox/time-limit.ts'] },
  {
    of: 'src/process-wall/',
    imports: ['src/process-watch/', 'sandbox/product.ts', 'sandbox/child/confinement/system-calls.ts'],
  },
  {
    of: 'src/planner/',
    imports: [...VOCABULARY, 'sessions/journal/'],
  },
  {
    of: 'src/phrasebook/',
    imports: [...VOCABULARY, 'sessions/journal/', 'src/snippet/', 'src/planner/planner.ts', 'src/file-problem.ts'],
  },
  { of: 'src/snippet/', imports: ['sandbox/module-names.ts'] },
  { of: 'src/check/', imports: [...VOCABULARY, ...PRODUCT, ...PROCESS_WALL, 'src/snippet/'] },
  {
    of: 'src/runner/',
    imports: [
      ...VOCABULARY,
      ...PROCESS_WALL,
      'sandbox/product.ts',
      'sandbox/frames.ts',
      'sandbox/time-limit.ts',
      'sandbox/fonts/',
    ],
  },
  { of: 'src/vision/', imports: VOCABULARY },
  { of: 'src/fetch/', imports: VOCABULARY },
  { of: 'src/spending/', imports: [...VOCABULARY, 'sessions/journal/'] },
  {
    of: 'src/web/',
    imports: [
      'sessions/event.ts',
      'src/http/schemas.ts',
      'src/file-problem.ts',
      'src/chinese-problems.ts',
      'src/markdown-blocks.ts',
      'src/spending/messages.ts',
    ],
  },
  { of: 'src/turn.ts', imports: ['*'], except: ['src/runtime/', 'src/cli/', 'src/http/', 'src/web/', 'src/config/'] },
  { of: 'src/cell.ts', imports: ['*'], except: ['src/runtime/', 'src/cli/', 'src/http/', 'src/web/', 'src/config/'] },
  { of: 'src/usage-error.ts', imports: [] },
  { of: 'src/markdown-blocks.ts', imports: [] },
  { of: 'src/chinese-problems.ts', imports: [] },
  { of: 'src/portable-names.ts', imports: VOCABULARY },
  { of: 'src/file-problem.ts', imports: VOCABULARY },
  { of: 'src/journal.ts', imports: VOCABULARY },
  { of: 'src/crash-retry.ts', imports: [...VOCABULARY, 'src/journal.ts', 'src/runner/'] },
  {
    of: 'src/config/',
    imports: [...VOCABULARY, 'sessions/blobs/data-folder.ts', 'src/planner/openai/', 'src/spending/'],
  },
  {
    of: 'src/export/',
    imports: [
      ...VOCABULARY,
      ...PRODUCT,
      ...PROCESS_WALL,
      'sandbox/child/cell/',
      'sandbox/fonts/',
      'sandbox/guest/',
      'sandbox/helpers/',
      'sessions/journal/',
      'src/portable-names.ts',
      'src/snippet/',
    ],
  },
  {
    of: 'src/recipe/',
    imports: [...VOCABULARY, 'sessions/', 'src/check/', 'src/runner/', 'src/runtime/', 'src/snippet/'],
  },
  {
    of: 'src/runtime/',
    imports: ['*'],
    except: ['src/cli/', 'src/http/', 'src/web/', 'src/config/', 'src/main.ts', 'src/entry.ts'],
  },
  {
    of: 'src/http/',
    imports: ['*'],
    except: ['src/cli/', 'src/web/', 'src/main.ts', 'src/entry.ts', 'sandbox/native/', 'sandbox/guest/'],
  },
  { of: 'src/cli/', imports: ['*'], except: ['src/web/', 'sandbox/native/', 'sandbox/guest/'] },
  { of: 'src/main.ts', imports: ['*'], except: ['src/http/', 'src/web/', 'sandbox/native/', 'sandbox/guest/'] },
  { of: 'src/entry.ts', imports: ['src/main.ts'] },
  { of: 'src/build/', imports: [...PRODUCT, 'sandbox/fonts/', 'sandbox/guest/'] },
]

/** Whether a file may import another; paths from the root of the repository. */
export function mayImport(file: string, target: string): boolean {
  const layer = LAYERS.find(({ of }) => isIn(file, of))
  if (!layer) return !/^(?:src|sandbox|sessions)\//.test(file)
  if (isIn(target, layer.of)) return true
  if (layer.except?.some((one) => isIn(target, one))) return false
  return layer.imports.some((one) => one === '*' || isIn(target, one))
}

function isIn(file: string, part: string): boolean {
  return part.endsWith('/') ? file.startsWith(part) : file === part
}

/**
 * Words that this project used for its own parts before it took the field's, as parts of names. What to say instead is in
 * ARCHITECTURE.md, "Vocabulary".
 */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['room', 'space, dependencies, session or process'],
  ['rooms', 'dependencies or processes'],
  ['desk', 'sessions or backend'],
  ['door', 'interface or output sink'],
  ['shelf', 'store or index'],
  ['shelves', 'stores or indexes'],
  ['visitor', 'client or owner'],
  ['visitors', 'clients or owners'],
  ['keeper', 'registry or supervisor'],
  ['brushes', 'image generation'],
  ['eyes', 'image input'],
  ['standing', 'effective events'],
  ['holding', 'state'],
  ['sitting', 'session'],
  ['workshop', 'sandbox'],
  ['ledger', 'file history'],
  ['lesson', 'capability'],
  ['lessons', 'capabilities'],
])
/** Metaphors for components in comments. */
const IN_COMMENTS = /\b(rooms|desks?|shelf|shelves|visitors?|keepers?|brushes|workshops?|house|doors)\b/i
const BOUNDS = /^(?:MOST|LEAST)_/

interface Reporting {
  readonly filename: string
  readonly sourceCode: { getAllComments(): readonly { readonly value: string }[] }
  report(found: { readonly node: unknown; readonly message: string }): void
}
interface Named {
  readonly name: string
}
interface Importing {
  readonly source: { readonly value: unknown } | null
}

/** The words of a name in camel, Pascal, snake or kebab case. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
}

/** What is wrong with a name; undefined if nothing is. */
export function nameProblem(name: string): string | undefined {
  const word = wordsOf(name).find((one) => WORDS.has(one))
  if (word !== undefined) return `"${word}" is not this project's word: say ${WORDS.get(word)}.`
  return BOUNDS.test(name) ? 'Bounds are called MAX_ and MIN_.' : undefined
}

const layers = {
  create(context: Reporting) {
    const file = relative(ROOT, context.filename).split(sep).join('/')
    const check = (node: Importing): void => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return
      const target = relative(ROOT, resolve(dirname(context.filename), specifier))
        .split(sep)
        .join('/')
      if (mayImport(file, target)) return
      const message = `${target} must not be imported here: see LAYERS in oxlint.rules.ts.`
      context.report({ node, message })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

const vocabulary = {
  create(context: Reporting) {
    const seen = new Set<string>()
    const file = relative(ROOT, context.filename)
    return {
      Program(node: unknown) {
        for (const part of file.split(sep)) {
          const message = nameProblem(part)
          if (message !== undefined) context.report({ node, message: `${file}: ${message}` })
        }
        for (const comment of context.sourceCode.getAllComments()) {
          const word = IN_COMMENTS.exec(comment.value)?.[0]
          if (word !== undefined) context.report({ node: comment, message: `"${word}" is not this project's word.` })
        }
      },
      Identifier(node: Named) {
        if (seen.has(node.name)) return
        seen.add(node.name)
        const message = nameProblem(node.name)
        if (message !== undefined) context.report({ node, message: `${node.name}: ${message}` })
      },
    }
  },
}

export default { meta: { name: 'easel' }, rules: { layers, vocabulary } }
