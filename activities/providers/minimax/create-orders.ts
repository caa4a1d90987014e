import { randomUUID } from 'node:crypto';

import type { CreatedPrediction, CreateRequest, OrderKind } from '../model-host.ts';
import { LostAnswer } from '../lost-answer.ts';
import type { MiniMaxHttp } from './minimax-http.ts';
import { readImage, readMusic } from './read-outcome.ts';
import { wireSchemas } from './wire.ts';

/** The kinds of orders that the host takes. */
export type MiniMaxKind = Extract<OrderKind, 'clip' | 'still' | 'score'>;

/** The terms of orders beside the request. */
export interface OrderTerms {
  readonly timeoutsMs: Readonly<Record<MiniMaxKind, number>>;
  /** Prefixes of our ids for predictions that the host answers at once. */
  readonly prefixes: Readonly<Record<'still' | 'score', string>>;
  readonly secure: (address: string) => string;
}

type Order = (request: CreateRequest) => Promise<CreatedPrediction>;

/** The calls that spend, by kind. Fields that decide on the answer's form are set here, not in the catalogue. */
export function createOrders(http: MiniMaxHttp, terms: OrderTerms): Readonly<Record<MiniMaxKind, Order>> {
  const { timeoutsMs, prefixes, secure } = terms;
  return {
    clip: async ({ model, input }) => {
      const attempt = `Ordering footage of ${model}`;
      const { task_id: id } = await http.order({
        path: '/v1/video_generation',
        attempt,
        schema: wireSchemas.task,
        body: JSON.stringify({ ...input, model }),
        timeoutMs: timeoutsMs.clip,
      });
      if (id) return { host: 'minimax', id };
      throw new LostAnswer(`${attempt}: the answer names no task.`, undefined);
    },
    still: async ({ model, input }) => {
      const answer = await http.order({
        path: '/v1/image_generation',
        attempt: `Ordering a picture of ${model}`,
        schema: wireSchemas.image,
        body: JSON.stringify({ ...input, model, n: 1, response_format: 'url' }),
        timeoutMs: timeoutsMs.still,
      });
      return settled(`${prefixes.still}${nameCall(answer.id)}`, readImage(answer, Date.now()));
    },
    score: async ({ model, input }) => {
      const answer = await http.order({
        path: '/v1/music_generation',
        attempt: `Ordering music of ${model}`,
        schema: wireSchemas.music,
        body: JSON.stringify({ ...input, model, stream: false, output_format: 'url' }),
        timeoutMs: timeoutsMs.score,
      });
      return settled(`${prefixes.score}${nameCall(answer.trace_id)}`, readMusic(answer, Date.now()));
    },
  };

  function settled(id: string, ended: NonNullable<CreatedPrediction['ended']>): CreatedPrediction {
    const outputs = ended.state === 'succeeded' ? { outputUrls: ended.outputUrls.map(secure) } : {};
    return { host: 'minimax', id, ended: { ...ended, ...outputs } };
  }
}

/** A name from the trace id by which MiniMax's support finds a call, where the answer has one. */
function nameCall(id: string | null | undefined): string {
  const name = (id ?? '').replace(/[^\w.-]/g, '').slice(0, 100);
  return name === '' ? randomUUID() : name;
}
