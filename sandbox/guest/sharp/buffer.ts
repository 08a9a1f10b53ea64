// readable-stream uses the same Buffer as snippets, so that their bytes pass sharp's type checks.
const { Buffer: Shared } = globalThis
export { Shared as Buffer }
