import { connectActivities } from './activities.ts';
import type { Estimate, EstimateRequest } from '../domain/estimate.ts';

/** Prices a video and makes nothing. A workflow, because only the workers know the catalogue. */
export async function estimateVideo(request: EstimateRequest): Promise<Estimate> {
  return connectActivities().priceVideo(request, { summary: 'price the plan' });
}
