// readable-stream's Buffer is the one that snippets have, so that what they write passes sharp's checks.
const { Buffer: Shared } = globalThis
export { Shared as Buffer }
