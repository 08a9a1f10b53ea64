// The package asks node:url for what is a global here.
export const URL = globalThis.URL
