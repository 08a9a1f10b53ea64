// What the first cell would pay for, paid while the child waits: TypeScript's stripper and libvips' first picture.
import { stripTypeScriptTypes } from 'node:module'

/** Loads what is lazy. */
export async function warmUp(): Promise<void> {
  stripTypeScriptTypes('let a: number', { mode: 'strip' })
}
