// `easel ask`: one request.
import { bring, introduce, turn, withSession, type Setting } from './work.ts'

/** Gives the exit code. */
export function ask(setting: Setting): Promise<number> {
  return withSession(setting, async (session, door, outputs) => {
    const [planner] = await Promise.all([setting.planner(), outputs.check()])
    await introduce(setting, door, planner)
    const files = await bring(session, door, setting.args.files)
    return turn(setting, { session, door, planner }, { text: setting.args.subject, files })
  })
}
