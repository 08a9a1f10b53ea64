// Outside the sandbox rows that may be changed are all made at once: structuredClone of Node refuses a lazy array.
// In the sandbox, the bundler replaces this module with ../../guest/min-lazy-rows-proxy.ts.

/** Rows of tables with fewer are made at once. */
export const MIN_LAZY_ROWS = Infinity
