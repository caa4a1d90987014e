import { admitCallers } from './admit-callers.ts';
import { type Activities, type ActivityDependencies, bindActivities } from './bind-activities.ts';

export type { Activities, ActivityDependencies } from './bind-activities.ts';

/** Every activity, bound to its dependencies; each admits only the workflows of its rule. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  return admitCallers(bindActivities(dependencies));
}
