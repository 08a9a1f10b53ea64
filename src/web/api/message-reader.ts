// Server-Sent Events as they arrive. `EventSource` cannot be given the event id to resume from.
import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** Returns a function that takes text as it arrives and returns the messages that are complete. */
export function createMessageReader(): (text: string) => EventSourceMessage[] {
  const complete: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => complete.push(message) })
  return (text) => {
    parser.feed(text)
    return complete.splice(0)
  }
}
