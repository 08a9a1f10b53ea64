// `node:path` of the sandbox: POSIX paths whose working directory is /mnt/data.
import plain from 'path-browserify'

const resolve = (...parts: string[]): string => plain.resolve('/mnt/data', ...parts)
const posix = { ...plain, resolve, relative: (from: string, to: string) => plain.relative(resolve(from), resolve(to)) }

export const pathModule = { ...posix, posix }
export default pathModule
export const { basename, dirname, extname, join } = pathModule
