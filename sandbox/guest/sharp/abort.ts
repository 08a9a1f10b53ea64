// readable-stream imports these classes, but sharp's streams never use them.
export class AbortController {}
export class AbortSignal {}
