// The verbs of the command line by name; each is loaded when it is asked for.
import type { Arguments } from './arguments.ts'
import type { Setting } from './command-context.ts'

type Verb = Exclude<Arguments['verb'], 'help' | 'version'>

/** Does what the command line asks and gives the exit code. */
export async function perform(verb: Verb, setting: Setting): Promise<number> {
  switch (verb) {
    case 'ask':
      return (await import('./commands/ask.ts')).ask(setting)
    case 'chat':
      return (await import('./commands/chat.ts')).chat(setting)
    case 'run':
      return (await import('./commands/run.ts')).run(setting)
    case 'sessions':
      return (await import('./commands/sessions.ts')).sessions(setting)
    case 'export':
      return (await import('./commands/export.ts')).exportSession(setting)
    case 'recipe':
      return (await import('./commands/recipe.ts')).recipe(setting)
    case 'models':
      return (await import('./commands/models.ts')).models(setting)
    case 'serve':
      return (await import('./commands/serve.ts')).serve(setting)
  }
}
