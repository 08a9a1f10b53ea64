// readable-stream names these classes; sharp's streams never use them.
export class AbortController {}
export class AbortSignal {}
