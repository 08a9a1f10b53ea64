// The child's entry: system calls are given up before anything else, and the host's fonts hidden before Skia loads; then the
// service starts.
import { filterSystemCalls } from './confinement/confine.ts'
import '../fonts/register.ts'

filterSystemCalls()
void import('./service.ts')
