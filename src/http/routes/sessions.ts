// Sessions of the one who asks: made, listed, renamed, woken, deleted.
import { oneSessionShape, sessionShape, sessionsShape, newSessionShape, removedShape, titleShape } from '../schemas.ts'
import { addressOf } from '../auth/client-address.ts'
import { withBody, type Operation } from '../route.ts'
import { notFound } from '../problem.ts'
import { showOneSession, showSession } from '../serializers.ts'

export const sessionRoutes: readonly Operation[] = [
  withBody({
    method: 'post',
    path: '/api/sessions',
    summary: 'A new session; its sandbox is starting. Who has no cookie gets one.',
    body: newSessionShape,
    answers: { 201: sessionShape },
    async handle(c, rooms, { title }) {
      const address = addressOf(c, rooms.settings.proxies ?? 0)
      rooms.admission.enter({ owner: rooms.visitors.owner(c), address })
      const party = { owner: rooms.visitors.welcome(c), address }
      const at = await rooms.desk.create(party, { title: title === '' ? undefined : title })
      const listed = await rooms.store.find(at.session.id)
      if (!listed) throw notFound()
      return c.json(showSession(rooms, listed), 201)
    },
  }),
  {
    method: 'get',
    path: '/api/sessions',
    summary: 'The sessions of the one who asks, the last active first.',
    answers: { 200: sessionsShape },
    async handle(c, rooms) {
      const owner = rooms.visitors.owner(c)
      const listed = owner === undefined ? [] : await rooms.store.list(owner)
      return c.json({ sessions: listed.map((one) => showSession(rooms, one)) })
    },
  },
  {
    method: 'get',
    path: '/api/sessions/:id',
    summary: 'One session. Asking is no activity.',
    answers: { 200: oneSessionShape },
    handle: async (c, rooms) => c.json(await showOneSession(rooms, c.get('session'))),
  },
  withBody({
    method: 'patch',
    path: '/api/sessions/:id',
    summary: 'Gives the session a title; an empty one takes it away, and the next request gives it another.',
    body: titleShape,
    answers: { 200: sessionShape },
    async handle(c, rooms, { title }) {
      const listed = c.get('session')
      if (!(await rooms.store.rename(listed.id, title))) throw notFound()
      rooms.desk.tell(listed.id)
      return c.json(showSession(rooms, { ...listed, title }))
    },
  }),
  {
    method: 'delete',
    path: '/api/sessions/:id',
    summary: 'Deletes the session with all its files, without a trace. Work in it is cancelled.',
    answers: { 200: removedShape },
    async handle(c, rooms) {
      await rooms.desk.remove(c.get('session').id)
      return c.json({ removed: true })
    },
  },
  {
    method: 'post',
    path: '/api/sessions/:id/restore',
    summary: 'Wakes the session after an idle reset. What was in memory comes back when a cell uses it.',
    answers: { 200: sessionShape },
    async handle(c, rooms) {
      const listed = c.get('session')
      await rooms.desk.use(listed.id, c.get('party'), async ({ session, channel }) => {
        session.wake()
        channel.touch()
      })
      return c.json(showSession(rooms, listed))
    },
  },
]
