// Routes for work in a session: a message starts a turn, a cell runs again. Work continues without subscribers and can
// be cancelled.
import type { Context } from 'hono'
import type { ActiveSession } from '../active-sessions.ts'
import { eventsFrom } from '../events/session-journal.ts'
import { withBody, type RouteVariables, type Operation } from '../route.ts'
import { busy, Problem } from '../problem.ts'
import type { ServerContext } from '../context.ts'
import { startRun, type Run, type RunOptions } from '../background-work.ts'
import { cancelledShape, messageShape, rerunShape, undoneShape, undoShape } from '../schemas.ts'
import { readFileIndex } from '../files/file-index.ts'
import { showEvent } from '../serializers.ts'
import { streamResponse } from '../events/sse.ts'
import { createSubscriber } from '../events/subscriber.ts'

const EVENTS = 'text/event-stream'

export const turnRoutes: readonly Operation[] = [
  withBody({
    method: 'post',
    path: '/api/sessions/:id/messages',
    summary:
      'Starts a turn and streams its events to the end. It continues if the connection is lost. 409 "busy" during a turn.',
    body: messageShape,
    answers: { 200: EVENTS },
    async handle(c, server, { text, files, replaces, detail }) {
      const listed = c.get('session')
      return server.sessions.use(listed.id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const request = { text, files, detail, replaces }
        const run = startWork(at, server, (signal) => at.session.turn(server.planner, request, signal))
        // Not awaited, so that the response does not miss the turn's first events; a missing title does no harm.
        if (!listed.title) void setInitialTitle(server, at, run, text).catch(() => undefined)
        return streamRun(c, server, at, run)
      })
    },
  }),
  withBody({
    method: 'post',
    path: '/api/sessions/:id/cells/:n/run',
    summary:
      'Runs a cell again: as it was, with new code, or with edits of it. Streams its events, then an end that is not journaled.',
    body: rerunShape,
    answers: { 200: EVENTS },
    handle: (c, server, body) =>
      server.sessions.use(c.get('session').id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const cell = Number(c.req.param('n'))
        return streamRun(
          c,
          server,
          at,
          startWork(at, server, (signal) => at.session.rerun(cell, body, signal)),
        )
      }),
  }),
  {
    method: 'post',
    path: '/api/sessions/:id/cancel',
    summary: 'Cancels the turn or cell that is running; answers when it has ended.',
    answers: { 200: cancelledShape },
    async handle(c, server) {
      const run = server.sessions.active(c.get('session').id)?.run
      run?.cancel()
      await run?.finished
      return c.json({ cancelled: run !== undefined })
    },
  },
  withBody({
    method: 'post',
    path: '/api/sessions/:id/undo',
    summary:
      'Restores the previous version of a file; without a name, all files as they were before the last request that changed any. 409 if there is none.',
    body: undoShape,
    answers: { 200: undoneShape },
    handle: (c, server, { name }) =>
      server.sessions.use(c.get('session').id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const undone = await at.session.undo(name)
        at.channel.touch()
        if (undone.length === 0) {
          const what = name === undefined ? 'no file has' : `${JSON.stringify(name.slice(0, 100))} does not have`
          throw new Problem(409, 'nothing_to_undo', `There is nothing to undo: ${what} an earlier version.`)
        }
        const index = await readFileIndex(at.session.id, at.session.events)
        const names = undone.map(({ name: file, version }) => ({ name: file, version }))
        return c.json({ undone: names, files: index.files() })
      }),
  }),
]

function startWork(at: ActiveSession, server: ServerContext, work: RunOptions['work']): Run {
  return server.sessions.occupy(at, () =>
    startRun({
      session: at.session,
      work,
      onEvent: (event) => server.metrics.happened(event),
      onError: (error) => server.log(`A turn broke: ${error instanceof Error ? error.message : String(error)}`),
    }),
  )
}

/** Streams the events of a run as they happen, then its end. */
async function streamRun(
  c: Context<RouteVariables>,
  server: ServerContext,
  at: ActiveSession,
  run: Run,
): Promise<Response> {
  await run.started
  if (run.first === undefined && run.failure !== undefined) throw run.failure
  const { id } = c.get('session')
  const { channel } = at
  const viewer = createSubscriber({
    channel,
    from: run.first ?? channel.length,
    until: () => run.until,
    load: (position) => eventsFrom(server.store, id, position),
    show: (event, seq) => showEvent(id, event, seq),
  })
  const isOver = (): boolean => run.until !== undefined && viewer.position >= run.until
  const last = () => (run.end ? [{ event: run.end }] : [])
  const { closing } = server
  return streamResponse({ channel, viewer, closing, isOver, last, heartbeatMs: server.settings.heartbeatMs })
}

const MAX_TITLE = 80

/** Sets the title of a session that has none from its first request. */
async function setInitialTitle(
  { service }: ServerContext,
  { session, channel }: ActiveSession,
  run: Run,
  text: string,
): Promise<void> {
  await run.started
  if (run.first === undefined) return
  const line = text.trim().split('\n')[0]!.trim()
  await service.rename(session.id, line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1).toWellFormed()}…` : line)
  channel.touch()
}
