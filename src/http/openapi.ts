// Generates the OpenAPI 3.1 document from the same routes and schemas that serve the API.
import * as z from 'zod/mini'
import { event } from '../../sessions/event.ts'
import type { Answer, Operation } from './route.ts'
import { problemShape } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI document. */
export function openApi(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Easel', version, description: 'Chat, drop in files, get files back.' },
    paths,
    components: {
      schemas: { Problem: schemaOf(problemShape), Event: schemaOf(event) },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'easel' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ cookie: [] }, { token: [] }],
  }
}

function describe({ path, summary, body, answers }: Operation): Json {
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: name === 'n' ? 'integer' : 'string' },
  }))
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, { description: summary, content: contentOf(answer) }]),
  )
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: body === 'multipart' ? FORM : contentOf(body) } } : {}),
    responses: { ...responses, default: problem },
  }
}

const FORM = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } },
      required: ['files'],
    },
  },
}

function contentOf(answer: Answer): Json {
  if (answer === 'text/event-stream') return { [answer]: { schema: { $ref: '#/components/schemas/Event' } } }
  if (typeof answer === 'string') return { [answer]: { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: schemaOf(answer) } }
}

function schemaOf(shape: z.ZodMiniType): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' })
  return schema
}
