// `node:fs` for bundled packages.
import { fsModule } from './fs.ts'
import type * as fs from 'node:fs'

const whole = fsModule as unknown as typeof fs
export default whole
export const { readFileSync, readdirSync, writeFileSync, existsSync, promises, createReadStream, createWriteStream } =
  whole
