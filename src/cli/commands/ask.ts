// `easel ask`: one request.
import type { Event } from '../../../sessions/event.ts'
import { languageOf } from '../../phrasebook/parsing/language.ts'
import type { Planner } from '../../planner/planner.ts'
import { begin, bring, introduce, tellingTroubles, turn, withSitting, type Setting, type Trouble } from '../command-context.ts'

/** Gives the exit code. */
export function ask(setting: Setting): Promise<number> {
  return withSitting(setting, async (place) => {
    const [planner] = await Promise.all([setting.planner(), begin(place), place.outputs.check()])
    await introduce(setting, place.door, planner)
    // The phrasebook says itself what it could not use; a model is not held to it.
    const held: Trouble[] = []
    const language = languageOf(setting.args.subject)
    const bringing = bring(place, setting.args.files, { language, held: setting.config.model ? undefined : held })
    if (!setting.config.model) rehearse(planner, setting.args.subject)
    const files = await bringing
    const door = tellingTroubles(place.door, held)
    return turn(setting, { ...place, door, planner }, { text: setting.args.subject, files })
  })
}

/** The phrasebook compiles its patterns as it first reads a sentence (100 ms): done while the sandbox starts. */
function rehearse(planner: Planner, text: string): void {
  const journal: Event[] = [{ type: 'ask', text, files: [] }]
  void planner
    .next(journal, new AbortController().signal)
    .next()
    .catch(() => undefined)
}
