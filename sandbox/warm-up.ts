// What the first cell would pay for, paid while the child waits: TypeScript's stripper and Skia's fonts.
import { stripTypeScriptTypes } from 'node:module'
import { registerFonts } from './fonts/register.ts'

/** Loads what is lazy. */
export function warmUp(): void {
  stripTypeScriptTypes('let a: number', { mode: 'strip' })
  registerFonts()
}
