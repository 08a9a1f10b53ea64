// Parses the command line: verb, flags and files. Throws a UsageError for wrong usage.
import { parseArgs } from 'node:util'
import { UsageError } from '../config/config.ts'

/** The verbs, each with its message for a missing or unknown first word; `undefined`: it needs none. */
const VERBS = {
  ask: 'easel ask needs a request: easel ask "make this grayscale" photo.png',
  chat: undefined,
  serve: undefined,
  models: undefined,
  run: 'easel run needs a snippet: easel run snippet.ts [FILES...]',
  sessions: undefined,
  recipe:
    'easel recipe needs what to do: easel recipe save NAME --session ID, easel recipe run NAME FILES..., easel recipe list, easel recipe rm NAME.',
  export: 'easel export needs the id of a session: easel export ID -o out.zip. See easel sessions.',
} as const
type Verb = keyof typeof VERBS

export interface Arguments {
  readonly verb: Verb | 'help' | 'version'
  /** ask: the request; run: the snippet's file; sessions, recipe: what to do; export: the id. */
  readonly subject: string
  /** Words after the subject: files, names, ids. */
  readonly files: readonly string[]
  /** The folder of -o. */
  readonly out: string | undefined
  readonly outDir: string
  readonly json: boolean
  readonly model: string | undefined
  /** The endpoint's API. */
  readonly api: string | undefined
  /** models: send test requests. */
  readonly probe: boolean
  /** Image detail for the model. */
  readonly detail: string | undefined
  readonly timeout: string | undefined
  /** The session to continue. */
  readonly session: string | undefined
  readonly data: string | undefined
  readonly idle: string | undefined
  readonly retention: string | undefined
  /** Budget of the session in US dollars. */
  readonly budget: string | undefined
  /** serve: where it listens, and the token it demands of every client. */
  readonly host: string | undefined
  readonly port: string | undefined
  readonly tokenFile: string | undefined
  /** Nothing is fetched from the web. */
  readonly noFetch: boolean
  /** Refuses to run with a weaker process wall than the strongest one. */
  readonly requireSandbox: boolean
  /** `--version` also describes the process wall. */
  readonly verbose: boolean
}

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
  model: { type: 'string', short: 'm' },
  api: { type: 'string' },
  probe: { type: 'boolean' },
  detail: { type: 'string' },
  timeout: { type: 'string' },
  data: { type: 'string' },
  session: { type: 'string' },
  idle: { type: 'string' },
  retention: { type: 'string' },
  budget: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  'token-file': { type: 'string' },
  token: { type: 'string' },
  'no-fetch': { type: 'boolean' },
  'require-sandbox': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  verbose: { type: 'boolean' },
} as const

/** Reads `process.argv` without its first two. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv)
  const [first, ...rest] = positionals
  if (values.out?.trim() === '') throw new UsageError('-o needs a folder: -o results.')
  if (values.token !== undefined) throw new UsageError(TOKEN_SHOWS)
  const common = {
    out: values.out,
    outDir: values.out ?? 'easel-out',
    json: values.json === true,
    model: values.model,
    api: values.api,
    probe: values.probe === true,
    detail: values.detail,
    timeout: values.timeout,
    data: values.data,
    session: values.session,
    idle: values.idle,
    retention: values.retention,
    budget: values.budget,
    host: values.host,
    port: values.port,
    tokenFile: values['token-file'],
    noFetch: values['no-fetch'] === true,
    requireSandbox: values['require-sandbox'] === true,
    verbose: values.verbose === true,
  }
  if (values.version) return { verb: 'version', subject: '', files: [], ...common }
  if (values.help || first === 'help' || first === undefined) {
    if (first === undefined && !values.help)
      throw new UsageError('Say what to do: easel ask "REQUEST" [FILES...]. See easel --help.')
    return { verb: 'help', subject: '', files: [], ...common }
  }
  if (!Object.hasOwn(VERBS, first)) {
    throw new UsageError(
      `There is no "easel ${first}". Try: easel ask "REQUEST" [FILES...], easel chat, easel run SNIPPET.ts, easel sessions.`,
    )
  }
  const verb = first as Verb
  if (verb === 'chat') return { verb, subject: '', files: rest, ...common }
  const [subject = '', ...files] = rest
  const needed = VERBS[verb]
  if (needed !== undefined && subject.trim() === '') throw new UsageError(needed)
  return { verb, subject, files, ...common }
}

const TOKEN_SHOWS =
  'A token on the command line shows in the list of processes to every user of this machine. Choose another one, and set EASEL_TOKEN or put it into a file that only you can read: --token-file FILE.'

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${text.split('. ')[0] ?? text}. See easel --help.`)
  }
}
