// `util` for bundled packages.
import { utilModule } from './util.ts'

export const { promisify } = utilModule
export const inspect = Object.assign((value: unknown): string => utilModule.inspect(value), {
  custom: Symbol.for('nodejs.util.inspect.custom'),
})
export default { inspect, promisify }
