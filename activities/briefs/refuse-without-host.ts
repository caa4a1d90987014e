import { modelKinds } from '../../domain/media.ts';
import type { Brief } from '../../domain/brief.ts';
import { showValue } from '../../domain/schemas/check-brief.ts';
import type { Hosts } from '../providers/hosts.ts';
import { refuseBrief } from './refuse-brief.ts';

/**
 * Refuses a brief whose models this worker cannot order, before anything is bought.
 *
 * @throws BeatreelFailure InvalidRequest with the setting that each of them needs
 */
export function refuseWithoutHost({ models, music }: Brief, hosts: Hosts): void {
  const kinds = modelKinds.filter((kind) => kind !== 'score' || music.enabled);
  const problems = kinds.flatMap((kind) =>
    [models[kind], ...(models[kind].fallbacks ?? [])].flatMap(({ name, host }) => {
      const rule = hosts.whyMissing(host);
      return rule === undefined ? [] : [{ field: `models.${kind}`, value: showValue(name), rule }];
    }),
  );
  if (problems.length > 0) refuseBrief(problems);
}
