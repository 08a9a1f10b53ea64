// The commands by verb; each is loaded on demand.
import type { Arguments } from './arguments.ts'
import type { CliEnvironment } from './command-context.ts'

type Verb = Exclude<Arguments['verb'], 'help' | 'version'>

/** Runs the command and returns the exit code. */
export async function runCommand(verb: Verb, environment: CliEnvironment): Promise<number> {
  switch (verb) {
    case 'ask':
      return (await import('./commands/ask.ts')).ask(environment)
    case 'chat':
      return (await import('./commands/chat.ts')).chat(environment)
    case 'run':
      return (await import('./commands/run.ts')).run(environment)
    case 'sessions':
      return (await import('./commands/sessions.ts')).sessions(environment)
    case 'export':
      return (await import('./commands/export.ts')).exportSession(environment)
    case 'recipe':
      return (await import('./commands/recipe.ts')).recipe(environment)
    case 'models':
      return (await import('./commands/models.ts')).models(environment)
    case 'serve':
      return (await import('./commands/serve.ts')).serve(environment)
  }
}
