// node:url for the package, which only imports URL; that is a global here.
export const URL = globalThis.URL
