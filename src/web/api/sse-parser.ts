// An incremental Server-Sent Events parser. `EventSource` cannot be given the event id to resume from.

export interface Message {
  readonly id?: string
  readonly data: string
}

/** Returns a function that takes text as it arrives and returns the messages that are complete. */
export function createParser(): (text: string) => Message[] {
  let rest = ''
  return (text) => {
    // A CR at the end may be the first half of a CRLF.
    const all = rest + text
    const held = all.endsWith('\r') ? '\r' : ''
    const blocks = all
      .slice(0, all.length - held.length)
      .replace(/\r\n?/g, '\n')
      .split('\n\n')
    rest = (blocks.pop() ?? '') + held
    return blocks.flatMap(messageOf)
  }
}

function messageOf(block: string): Message[] {
  const data: string[] = []
  let id: string | undefined
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0 || line === '') continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    if (field === 'id') id = value
  }
  return data.length === 0 ? [] : [{ ...(id === undefined ? {} : { id }), data: data.join('\n') }]
}
