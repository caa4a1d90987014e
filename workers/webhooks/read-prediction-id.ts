import { z } from 'zod';

import { predictionIdSchema } from '../../activities/providers/prediction-id.ts';

const bodySchema = z.object({ id: predictionIdSchema });

/** The id of a webhook's prediction, the only field read of its body. @returns undefined when it is missing */
export function readPredictionId(body: Buffer): string | undefined {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8'))).id;
  } catch {
    return undefined;
  }
}
