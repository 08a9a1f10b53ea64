// The error of a wrong setting, apart from who reads settings.

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}
