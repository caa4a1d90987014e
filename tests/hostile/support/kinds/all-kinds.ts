import type { HostileKind } from '../kind.ts';
import { cancelKinds } from './cancel-kinds.ts';
import { createKinds } from './create-kinds.ts';
import { listKinds } from './list-kinds.ts';
import { lookKinds } from './look-kinds.ts';
import { outputKinds } from './output-kinds.ts';
import { throttleKinds } from './throttle-kinds.ts';

/** All kinds. */
export const allKinds: readonly HostileKind[] = [
  ...createKinds,
  ...lookKinds,
  ...outputKinds,
  ...cancelKinds,
  ...throttleKinds,
  ...listKinds,
];
