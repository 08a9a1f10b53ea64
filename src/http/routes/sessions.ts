// Routes for the client's own sessions: create, list, rename, wake, delete.
import { oneSessionShape, sessionShape, sessionsShape, newSessionShape, removedShape, titleShape } from '../schemas.ts'
import { addressOf } from '../auth/client-address.ts'
import { withBody, type Operation } from '../route.ts'
import { notFound } from '../problem.ts'
import { showOneSession, showSession } from '../serializers.ts'

export const sessionRoutes: readonly Operation[] = [
  withBody({
    method: 'post',
    path: '/api/sessions',
    summary: 'Creates a session; its sandbox is starting. A client without a cookie gets one.',
    body: newSessionShape,
    answers: { 201: sessionShape },
    async handle(c, server, { title }) {
      const address = addressOf(c, server.settings.proxies ?? 0)
      server.rateLimit.countStart({ owner: server.owners.owner(c), address })
      const party = { owner: server.owners.ensureOwner(c), address }
      const at = await server.sessions.create(party, { title: title === '' ? undefined : title })
      const listed = await server.service.find(at.session.id)
      if (!listed) throw notFound()
      return c.json(showSession(server, listed), 201)
    },
  }),
  {
    method: 'get',
    path: '/api/sessions',
    summary: "The client's sessions, the most recently active first.",
    answers: { 200: sessionsShape },
    async handle(c, server) {
      const owner = server.owners.owner(c)
      const listed = owner === undefined ? [] : await server.service.list(owner)
      return c.json({ sessions: listed.map((one) => showSession(server, one)) })
    },
  },
  {
    method: 'get',
    path: '/api/sessions/:id',
    summary: 'One session. Reading it does not count as activity.',
    answers: { 200: oneSessionShape },
    handle: async (c, server) => c.json(await showOneSession(server, c.get('session'))),
  },
  withBody({
    method: 'patch',
    path: '/api/sessions/:id',
    summary: 'Gives the session a title; an empty one removes it, and the next request sets another.',
    body: titleShape,
    answers: { 200: sessionShape },
    async handle(c, server, { title }) {
      const listed = c.get('session')
      if (!(await server.service.rename(listed.id, title))) throw notFound()
      server.sessions.notifyChange(listed.id)
      return c.json(showSession(server, { ...listed, title }))
    },
  }),
  {
    method: 'delete',
    path: '/api/sessions/:id',
    summary: 'Deletes the session with all its files, without a trace. Work in it is cancelled.',
    answers: { 200: removedShape },
    async handle(c, server) {
      await server.sessions.remove(c.get('session').id)
      return c.json({ removed: true })
    },
  },
  {
    method: 'post',
    path: '/api/sessions/:id/restore',
    summary: 'Wakes the session after an idle reset. What was in memory comes back when a cell uses it.',
    answers: { 200: sessionShape },
    async handle(c, server) {
      const listed = c.get('session')
      await server.sessions.use(listed.id, c.get('party'), async ({ session, channel }) => {
        session.wake()
        channel.touch()
      })
      return c.json(showSession(server, listed))
    },
  },
]
