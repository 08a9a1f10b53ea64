// What a session may still hold; replaces helpers/space.ts in the sandbox.
import { ask } from './bridge.ts'
import type { Space } from '../helpers/space.ts'

/** What may be written into /mnt/data. */
export async function spaceLeft(): Promise<Space> {
  return ask('fs.space', null)[0] as Space
}
