import type { CountedPrediction } from '../../workers/dev/stand-in/control/counters.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';

/** The stills that were ordered, in the order of their acceptance. */
export function stillsOf(standIn: StandIn): readonly CountedPrediction[] {
  return ofKind(standIn, 'still');
}

/** The clips that were ordered, in the order of their acceptance. */
export function clipsOf(standIn: StandIn): readonly CountedPrediction[] {
  return ofKind(standIn, 'clip');
}

function ofKind({ control }: StandIn, kind: CountedPrediction['kind']): CountedPrediction[] {
  return control.counters().predictions.filter((prediction) => prediction.kind === kind);
}
