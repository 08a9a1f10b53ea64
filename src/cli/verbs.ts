// The verbs of the command line by name; each is loaded when it is asked for.
import type { Arguments } from './arguments.ts'
import type { Setting } from './work.ts'

type Verb = Exclude<Arguments['verb'], 'help' | 'version'>

/** Does what the command line asks and gives the exit code. */
export async function perform(verb: Verb, setting: Setting): Promise<number> {
  switch (verb) {
    case 'ask':
      return (await import('./ask.ts')).ask(setting)
    case 'chat':
      return (await import('./chat.ts')).chat(setting)
    case 'run':
      return (await import('./run.ts')).run(setting)
    case 'sessions':
      return (await import('./sessions.ts')).sessions(setting)
    case 'export':
      return (await import('./export.ts')).exportSession(setting)
    case 'recipe':
      return (await import('./recipe.ts')).recipe(setting)
    case 'models':
      return (await import('./models.ts')).models(setting)
    case 'serve':
      return (await import('./serve.ts')).serve(setting)
  }
}
