// The real canvas package, loaded after `fonts/register.ts` has kept it from loading the host's fonts.
import '../../fonts/register.ts'

export { createCanvas, GlobalFonts, Image, ImageData, Path2D, PDFDocument } from '@napi-rs/canvas'
export type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
