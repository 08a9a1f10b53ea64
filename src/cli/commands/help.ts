// The text of `easel --help`.
import { LIMITS } from '../../../sandbox/limits.ts'
import { formatAmount } from '../../config/config.ts'

/** The whole help, 80 columns. */
export function helpText(): string {
  const limits = Object.values(LIMITS).map(
    ({ env, value, unit, meaning }) => `  ${env.padEnd(21)} ${formatAmount(value, unit).padEnd(8)} ${meaning}`,
  )
  return `easel: chat, drop in files, get files back

  easel serve                        a page in the browser; Ctrl-C ends it
  easel ask  "REQUEST" [FILES...]    one request
  easel chat [FILES...]              a conversation; variables and files persist
  easel run  SNIPPET.ts [FILES...]   one snippet, no planner
  easel models [--probe]             the endpoint's models; what they accept
  easel sessions                     lists sessions; rm ID... deletes them
  easel export ID [-o FILE.zip]      a session as a Node project without Easel
  easel recipe save NAME --session ID [FILE]
                                     keeps the snippets that made a file
  easel recipe run  NAME FILES...    runs them on other files, with no planner
  easel recipe list                  lists recipes; rm NAME... removes them

  -o, --out DIR      where results go (default ./easel-out)
      --model NAME   the model to ask, or NAME,NAME: when one fails, the next
                     (also EASEL_MODEL)
      --api chat     chat or responses: how to ask it (also EASEL_API)
      --detail low   detail of pictures for the model: low, high or auto
                     (also EASEL_DETAIL)
      --budget 0.50  dollars a session may cost (also EASEL_SESSION_COST)
      --timeout 5s   processor time for one cell (also EASEL_TIMEOUT)
      --json         one event a line on stdout, nothing else
      --session ID   continue a session with its files and variables
      --data DIR     where sessions are kept (also EASEL_DATA)
      --idle 30m     time after which a session's sandbox ends (also EASEL_IDLE)
      --retention 24h
                     how long files and journal stay after that; 0: not at all
                     (also EASEL_RETENTION)
      --port 3000    where serve listens, on 127.0.0.1
      --host HOST    listens for others too; needs a token
      --token-file FILE
                     the token, in a file that only you can read (also
                     EASEL_TOKEN)
      --no-fetch     fetch nothing from the web: otherwise FILES and words of a
                     request, may be https:// addresses (EASEL_NO_FETCH=1)
      --require-sandbox
                     refuse to work where the strongest wall is missing
  -h, --help   -v, --version [--verbose: what the sandbox enforces here]

Exit codes: 0 done, 1 the work failed (reason on stderr), 2 wrong usage.

Without a key the built-in phrasebook answers. To connect a model, set
  OPENAI_API_KEY         a key, and/or
  OPENAI_BASE_URL        any endpoint that speaks Chat Completions or Responses
  EASEL_PRICES           a JSON file of prices that are not known here
  EASEL_CONTEXT          tokens that the model reads, for a server of your own
  EASEL_TURN_TOKENS, EASEL_SESSION_TOKENS, EASEL_TURN_COST, EASEL_SESSION_COST
                         budgets: tokens like 500k, dollars like 0.50

Limits, as variables; by the names of sandbox/limits.ts also in the config file,
~/.config/easel/config.json or the file that EASEL_CONFIG names:
${limits.join('\n')}
`
}
