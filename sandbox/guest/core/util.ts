// `util` for bundled packages.
import { utilModule } from './console.ts'

export const { promisify } = utilModule
export const inspect = Object.assign((value: unknown, options?: object): string => utilModule.inspect(value, options), {
  custom: Symbol.for('nodejs.util.inspect.custom'),
})
export default { inspect, promisify }
