// The child's entry: the host's fonts are hidden before Skia loads, then the service starts.
import { hideSystemFonts } from './fonts.ts'

hideSystemFonts()
await import('./service.ts')
