import { MadeUnit } from '../../../workflows/units/made-unit.ts';

export { generateVideo } from '../../../workflows/generate-video.ts';

const make = Reflect.get(MadeUnit.prototype, 'make') as MadeUnit<unknown>['make'];

/** A video with a bug of our own: it throws before the clips are joined. */
MadeUnit.prototype.make = function makeOrThrow(this: MadeUnit<unknown>, work: () => Promise<unknown>) {
  if (this.place.medium === 'cut') throw new TypeError('a defect');
  return make.call(this, work);
};
