// The garbage collector's handle, taken out of the snippet's reach before anything of a snippet runs.

const realm = globalThis as { gc?: () => void }

/** Collects garbage now; undefined where the process was not started so that it can be called. */
export const collect = realm.gc

Reflect.deleteProperty(realm, 'gc')
if (realm.gc) realm.gc = undefined
