// The error of an invalid setting, in a file of its own so that it can be thrown without reading settings.

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}
