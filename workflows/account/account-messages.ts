import { defineQuery, defineSignal } from '@temporalio/workflow';

import type { AccountLimits, AccountReport, PermitChange } from '../../domain/permits.ts';
import { setLimitsSignalName } from '../../domain/permits.ts';

/** From a video to the account: requests and releases of permits, in this order. */
export const changePermitsSignal = defineSignal<[readonly PermitChange[]]>('changePermits');

/** From the account to a video: the ids of its permits. */
export const permitsGrantedSignal = defineSignal<[readonly string[]]>('permitsGranted');

/** From a worker to the account: the limits of its configuration. */
export const setLimitsSignal = defineSignal<[AccountLimits]>(setLimitsSignalName);

/** Limits, live permits and waiting requests. */
export const accountQuery = defineQuery<AccountReport>('account');
