// `node:fs/promises` for bundled packages.
import { promisesModule } from './fs.ts'
import type * as promises from 'node:fs/promises'

const whole = promisesModule as unknown as typeof promises
export default whole
export const { readFile, writeFile, stat, mkdir, readdir } = whole
