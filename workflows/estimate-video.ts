import { connectActivities } from './activity-proxies.ts';
import type { Estimate, EstimateRequest } from './domain/estimate.ts';

/** Says what a video would be and cost at most. Makes nothing: only the workers know the catalogue. */
export async function estimateVideo(request: EstimateRequest): Promise<Estimate> {
  return connectActivities().call('priceVideo', request, { summary: 'price the plan', first: true });
}
