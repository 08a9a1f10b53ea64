// arquero's own pipeline.js without web streams: transformers applied to what arrives, piece by piece or at once.

interface Controller {
  readonly desiredSize: number
  enqueue(piece: unknown): void
  error(reason: string): never
  terminate(): void
}
interface PieceTransformer {
  start(controller: Controller): void
  transform(piece: unknown, controller: Controller): void
  flush(controller: Controller): void
}

/** The source's pieces after all transformers, in order; `null` stands for none. */
export function pipelineStream(
  source: AsyncIterable<unknown>,
  transformers: readonly (PieceTransformer | null)[],
): AsyncIterable<unknown> {
  return transformers.reduce<AsyncIterable<unknown>>((pieces, one) => (one ? transformed(pieces, one) : pieces), source)
}

/** The same for one piece that is all. */
export function pipelineSync(source: unknown, transformers: readonly (PieceTransformer | null)[]): unknown {
  let data = source
  for (const one of transformers) {
    if (!one) continue
    const { out, controller } = collector()
    one.start(controller)
    one.transform(data, controller)
    one.flush(controller)
    data = out.flat()
  }
  return data
}

async function* transformed(pieces: AsyncIterable<unknown>, one: PieceTransformer): AsyncGenerator {
  const { out, controller } = collector()
  one.start(controller)
  for await (const piece of pieces) {
    one.transform(piece, controller)
    yield* out.splice(0)
  }
  one.flush(controller)
  yield* out
}

function collector(): { readonly out: unknown[]; readonly controller: Controller } {
  const out: unknown[] = []
  const error = (reason: string): never => {
    throw new Error(reason)
  }
  return { out, controller: { desiredSize: -1, enqueue: (piece) => void out.push(piece), error, terminate: () => {} } }
}
