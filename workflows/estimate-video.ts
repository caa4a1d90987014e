import { connectActivities } from './activities.ts';
import type { Estimate, EstimateRequest } from '../domain/estimate.ts';

/** Says what a video would be and cost at most. Makes nothing: only the workers know the catalogue. */
export async function estimateVideo(request: EstimateRequest): Promise<Estimate> {
  return connectActivities().priceVideo(request, { summary: 'price the plan' });
}
