// `easel ask`: one request.
import type { Event } from '../../../sessions/event.ts'
import { languageOf } from '../../phrasebook/parsing/language.ts'
import type { Planner } from '../../planner/planner.ts'
import {
  startSession,
  addFiles,
  showPlanner,
  withFileProblems,
  runCliTurn,
  withCliSession,
  type CliEnvironment,
  type FileProblem,
} from '../command-context.ts'

/** Returns the exit code. */
export function ask(environment: CliEnvironment): Promise<number> {
  return withCliSession(environment, async (context) => {
    const [planner] = await Promise.all([environment.planner(), startSession(context), context.outputs.check()])
    await showPlanner(environment, context.sink, planner)
    // The phrasebook's answer names the files it could not use; a model's answer need not.
    const held: FileProblem[] = []
    const language = languageOf(environment.args.subject)
    const bringing = addFiles(context, environment.args.files, {
      language,
      held: environment.config.model ? undefined : held,
    })
    if (!environment.config.model) warmUp(planner, environment.args.subject)
    const files = await bringing
    const sink = withFileProblems(context.sink, held)
    return runCliTurn(environment, { ...context, sink, planner }, { text: environment.args.subject, files })
  })
}

/** Warms up the phrasebook, which compiles its patterns at the first sentence (100 ms), while the sandbox starts. */
function warmUp(planner: Planner, text: string): void {
  const journal: Event[] = [{ type: 'ask', text, files: [] }]
  void planner
    .next(journal, new AbortController().signal)
    .next()
    .catch(() => undefined)
}
