// Streams a session's events from the beginning or from a given number. Watching does not count as activity.
import type { Context } from 'hono'
import { eventsFrom } from '../events/session-journal.ts'
import type { RouteVariables, Operation } from '../route.ts'
import type { ServerContext } from '../context.ts'
import { showEvent, showSession } from '../serializers.ts'
import { streamResponse } from '../events/sse.ts'
import { createSubscriber } from '../events/subscriber.ts'

export const eventRoutes: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/sessions/:id/events',
    summary:
      'The journal and what follows, as Server-Sent Events; "Last-Event-ID" continues after that event. A "session" event comes first and at each change.',
    answers: { 200: 'text/event-stream' },
    handle: watch,
  },
]

async function watch(c: Context<RouteVariables>, server: ServerContext): Promise<Response> {
  const { sessions, service, streamLimit, store, closing, settings } = server
  const { id, events } = c.get('session')
  const given = new AbortController()
  const free = streamLimit.enter(c.get('party'), () => given.abort())
  const { channel, leave } = sessions.watch(id)
  channel.growTo(events)
  const last = c.req.header('last-event-id') ?? ''
  const viewer = createSubscriber({
    channel,
    from: /^\d{1,15}$/.test(last) ? Number(last) + 1 : 0,
    load: (position) => eventsFrom(store, id, position),
    show: (event, seq) => showEvent(id, event, seq),
    async describe() {
      const listed = await service.find(id)
      return listed && { type: 'session', ...showSession(server, listed) }
    },
  })
  let state = ''
  const onPause = async (): Promise<void> => {
    const listed = await service.find(id)
    if (!listed) return channel.end()
    // Another program may have added events, and the remaining time changes.
    channel.growTo(listed.events)
    const now = showSession(server, listed).state
    if (state !== '' && state !== now) channel.touch()
    state = now
  }
  const onEnd = (): void => {
    free()
    leave()
  }
  return streamResponse({
    channel,
    viewer,
    closing: AbortSignal.any([closing, given.signal]),
    onPause,
    onEnd,
    heartbeatMs: settings.heartbeatMs,
  })
}
