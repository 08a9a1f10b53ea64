// `util` for bundled packages.
import { utilModule } from './console.ts'

export default utilModule
export const { inspect, format, promisify } = utilModule
