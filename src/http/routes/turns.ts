// Work in a session: a message begins a turn, a cell runs again; each goes on without a viewer and can be cancelled.
import type { Context } from 'hono'
import { editedCode } from '../../../sessions/journal/edits.ts'
import type { Edit, Event, EventOf } from '../../../sessions/event.ts'
import { lastMark, marksSince } from '../../../sessions/journal/derived.ts'
import { replacementOf } from '../../../sessions/journal/effective-events.ts'
import type { PlannedCell } from '../../planner/planner.ts'
import { Interruption, type TurnRequest } from '../../turn.ts'
import type { ActiveSession } from '../active-sessions.ts'
import { eventsFrom } from '../events/session-journal.ts'
import { withBody, type Known, type Operation } from '../route.ts'
import { busy, Problem } from '../problem.ts'
import type { ServerContext } from '../context.ts'
import { startRun, type Run } from '../background-work.ts'
import { cancelledShape, messageShape, MAX_CODE, rerunShape, undoneShape, undoShape } from '../schemas.ts'
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
      'Begins a turn and tells its events, to its end. It goes on if the connection is lost. 409 "busy" during a turn.',
    body: messageShape,
    answers: { 200: EVENTS },
    async handle(c, server, { text, files, replaces, detail }) {
      const listed = c.get('session')
      return server.sessions.use(listed.id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const request = { text, files: filesFor(at, files, replaces), detail }
        const replaced = replaces === undefined ? undefined : takenBack(at, replaces)
        const run = work(at, server, (signal) => turn(at, server, request, replaced, signal))
        // Without a title it is as good.
        if (!listed.title) await entitle(server, at, text).catch(() => undefined)
        return follow(c, server, at, run)
      })
    },
  }),
  withBody({
    method: 'post',
    path: '/api/sessions/:id/cells/:n/run',
    summary:
      'Runs a cell again: as it was, with new code, or with edits of it. Its events, to an end that the journal does not keep.',
    body: rerunShape,
    answers: { 200: EVENTS },
    handle: (c, server, body) =>
      server.sessions.use(c.get('session').id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const planned = plannedCell(at.session.events, Number(c.req.param('n')), body)
        return follow(
          c,
          server,
          at,
          work(at, server, (signal) => oneCell(at, planned, signal)),
        )
      }),
  }),
  {
    method: 'post',
    path: '/api/sessions/:id/cancel',
    summary: 'Cancels the turn or cell that is running; answers when it has ended.',
    answers: { 200: cancelledShape },
    async handle(c, server) {
      const run = server.sessions.place(c.get('session').id)?.run
      run?.cancel()
      await run?.finished
      return c.json({ cancelled: run !== undefined })
    },
  },
  withBody({
    method: 'post',
    path: '/api/sessions/:id/undo',
    summary:
      'Brings the previous version of a file back; without a name, all files as they were before the last request that changed any. 409 if there is none.',
    body: undoShape,
    answers: { 200: undoneShape },
    handle: (c, server, { name }) =>
      server.sessions.use(c.get('session').id, c.get('party'), async (at) => {
        if (at.run) throw busy()
        const undone = await at.session.undo(name)
        at.channel.catchUp()
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

/** The files that a request is about: those it names; else what came since the last one; else the planner's choice. */
function filesFor(
  { session }: ActiveSession,
  named: readonly string[] | undefined,
  replaces: number | undefined,
): string[] {
  const current = new Set(session.currentFiles().map(({ name }) => name))
  const unknown = named?.find((name) => !current.has(name))
  if (unknown !== undefined) {
    throw new Problem(422, 'unknown_file', `The session has no file ${JSON.stringify(unknown.slice(0, 100))}.`)
  }
  if (named) return [...new Set(named)]
  const { events } = session
  const asked = replaces === undefined ? undefined : events[replaces]
  const again = asked?.type === 'ask' ? asked.files : []
  const since = marksSince(events, (lastMark(events, ({ type }) => type === 'ask')?.seq ?? -1) + 1)
  const fresh = since.flatMap(({ event }) => (event.type === 'upload' ? [event.name] : []))
  return [...new Set([...again, ...fresh])].filter((name) => current.has(name))
}

function takenBack({ session }: ActiveSession, seq: number): EventOf<'replaced'> {
  const event = replacementOf(session.events, seq)
  if (event) return event
  throw new Problem(422, 'not_replaceable', `Event ${seq} is no request that stands, so nothing can take its place.`)
}

const CUT: EventOf<'end'> = {
  type: 'end',
  status: 'cancelled',
  code: 'EASEL_INTERRUPTED',
  message: 'The program ended in the middle of this turn.',
}

async function* turn(
  at: ActiveSession,
  { planner }: ServerContext,
  request: TurnRequest,
  replaced: EventOf<'replaced'> | undefined,
  signal: AbortSignal,
): AsyncGenerator<Event, undefined> {
  if (replaced) {
    const { events } = at.session
    // The turn that a killed program left open belongs to what is taken back.
    const isCut = lastMark(events, ({ type }) => type === 'ask' || type === 'end')?.event.type === 'ask'
    if (isCut) await at.session.append(CUT)
    const ran = marksSince(events, replaced.seq).some(({ event }) => event.type === 'cell')
    await at.session.append(replaced)
    yield replaced
    // What its cells left in memory goes with it.
    if (ran || replaced.files.length > 0) await at.session.renew()
  }
  yield* at.session.turn(planner, request, signal)
  return undefined
}

async function* oneCell(
  at: ActiveSession,
  planned: PlannedCell,
  signal: AbortSignal,
): AsyncGenerator<Event, EventOf<'end'>> {
  const { status, code, message } = yield* at.session.run(planned, signal)
  const { reason } = signal as { readonly reason: unknown }
  if (status === 'cancelled' && reason instanceof Interruption)
    return { type: 'end', status, code: reason.code, message: reason.message }
  return { type: 'end', status, ...(status === 'ok' ? {} : { code, message: message ?? `The snippet was ${status}.` }) }
}

interface Rerun {
  readonly code?: string | undefined
  readonly edits?: Edit[] | undefined
}

function plannedCell(events: readonly Event[], cell: number, { code, edits = [] }: Rerun): PlannedCell {
  const edited = editedCode(events, cell, edits)
  if ('problem' in edited) throw new Problem(422, 'bad_edit', edited.problem)
  if (edits.length > 0 && edited.code.length > MAX_CODE) throw tooLong(edited.code.length)
  const purpose = lastMark(events, (event) => event.type === 'cell' && event.cell === cell)?.event
  const said = purpose?.type === 'cell' && purpose.purpose !== undefined ? { purpose: purpose.purpose } : {}
  if (code === undefined || code === edited.code) return { code: edited.code, from: { cell, edits }, ...said }
  // All of it written anew is one large edit: where it comes from stays known.
  return { code, from: { cell, edits: [{ find: edited.code, replace: code }] }, ...said }
}

function tooLong(length: number): Problem {
  const [actual, most] = [length, MAX_CODE].map((figure) => figure.toLocaleString('en-US'))
  return new Problem(422, 'bad_edit', `After these edits the cell has ${actual} characters; the limit is ${most}.`)
}

function work(
  at: ActiveSession,
  server: ServerContext,
  events: (signal: AbortSignal) => AsyncGenerator<Event, EventOf<'end'> | undefined>,
): Run {
  return server.sessions.occupy(at, () =>
    startRun({
      channel: at.channel,
      work: events,
      keep: (end) => at.session.append(end),
      onEvent: (event) => server.metrics.happened(event),
      onError: (error) => server.log(`A turn broke: ${error instanceof Error ? error.message : String(error)}`),
    }),
  )
}

/** The events of a run as they happen, then its end. */
async function follow(c: Context<Known>, server: ServerContext, at: ActiveSession, run: Run): Promise<Response> {
  await run.started
  if (run.first === undefined && run.failure !== undefined) throw run.failure
  const { id } = c.get('session')
  const { channel } = at
  const viewer = createSubscriber({
    channel,
    from: run.first ?? channel.length,
    until: () => run.until,
    load: (place) => eventsFrom(server.store, id, place),
    show: (event, seq) => showEvent(id, event, seq),
  })
  const isOver = (): boolean => run.until !== undefined && viewer.place >= run.until
  const last = () => (run.end ? [{ event: run.end }] : [])
  const { closing } = server
  return streamResponse({ channel, viewer, closing, isOver, last, heartbeatMs: server.settings.heartbeatMs })
}

const MAX_TITLE = 80

/** A session without a title is called by its first request. */
async function entitle({ store }: ServerContext, { session, channel }: ActiveSession, text: string): Promise<void> {
  const line = text.trim().split('\n')[0]!.trim()
  await store.rename(session.id, line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1).toWellFormed()}…` : line)
  channel.touch()
}
