// The child's entry point: drops system calls first, then hides the host's fonts before Skia loads, then starts the
// service.
import { filterSystemCalls } from './confinement/confine.ts'
import '../fonts/register.ts'

filterSystemCalls()
void import('./service.ts')
