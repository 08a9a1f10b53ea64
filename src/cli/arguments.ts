// The command line: verbs, flags and files. Wrong usage throws a UsageError.
import { parseArgs } from 'node:util'
import { UsageError } from '../config.ts'

const VERBS = ['ask', 'chat', 'run'] as const
type Verb = (typeof VERBS)[number]

export interface Arguments {
  readonly verb: Verb | 'help' | 'version'
  /** ask: the request; run: the snippet's file. */
  readonly subject: string
  readonly files: readonly string[]
  readonly outDir: string
  readonly json: boolean
  readonly model: string | undefined
  readonly timeout: string | undefined
  /** The session to go on with. */
  readonly session: string | undefined
  readonly data: string | undefined
  readonly idle: string | undefined
  readonly retention: string | undefined
  /** Refuse to work behind weaker walls than the system could give. */
  readonly requireSandbox: boolean
}

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
  model: { type: 'string', short: 'm' },
  timeout: { type: 'string' },
  data: { type: 'string' },
  session: { type: 'string' },
  idle: { type: 'string' },
  retention: { type: 'string' },
  'require-sandbox': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Reads `process.argv` without its first two. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv)
  const [first, ...rest] = positionals
  if (values.out?.trim() === '') throw new UsageError('-o needs a folder: -o results.')
  const common = {
    outDir: values.out ?? 'easel-out',
    json: values.json === true,
    model: values.model,
    timeout: values.timeout,
    data: values.data,
    session: values.session,
    idle: values.idle,
    retention: values.retention,
    requireSandbox: values['require-sandbox'] === true,
  }
  if (values.version) return { verb: 'version', subject: '', files: [], ...common }
  if (values.help || first === 'help' || first === undefined) {
    if (first === undefined && !values.help)
      throw new UsageError('Say what to do: easel ask "REQUEST" [FILES...]. See easel --help.')
    return { verb: 'help', subject: '', files: [], ...common }
  }
  const verb = VERBS.find((name) => name === first)
  if (!verb)
    throw new UsageError(
      `There is no "easel ${first}". Try: easel ask "REQUEST" [FILES...], easel chat, easel run SNIPPET.ts.`,
    )
  if (verb === 'chat') return { verb, subject: '', files: rest, ...common }
  const [subject, ...files] = rest
  if (subject === undefined || subject.trim() === '') {
    throw new UsageError(
      verb === 'ask'
        ? 'easel ask needs a request: easel ask "make this grayscale" photo.png'
        : 'easel run needs a snippet: easel run snippet.ts [FILES...]',
    )
  }
  return { verb, subject, files, ...common }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${text.split('. ')[0] ?? text}. See easel --help.`)
  }
}
