// The child's entry: the host's fonts are hidden before Skia loads, then the service starts.
import './fonts/register.ts'

void import('./service.ts')
