import { z } from 'zod';

import { predictionIdSchema } from '../../activities/providers/prediction-id.ts';

const bodySchema = z.object({ id: predictionIdSchema });

/** Which prediction a webhook is about: all that is read of its body. @returns undefined when it does not say */
export function readPredictionId(body: Buffer): string | undefined {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8'))).id;
  } catch {
    return undefined;
  }
}
