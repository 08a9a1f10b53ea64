// The real canvas package, loaded after `fonts/register.ts` has told it to leave the host's fonts alone.
import '../../fonts/register.ts'

export { createCanvas, GlobalFonts, Image, ImageData, Path2D } from '@napi-rs/canvas'
export type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
