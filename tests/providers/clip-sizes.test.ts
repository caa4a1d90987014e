import { join } from 'node:path';

import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { clipFormatOf } from '../../workers/dev/stand-in/drawing/clip-format.ts';
import { findModel } from '../../workers/dev/stand-in/models/find-model.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';

test('every clip model delivers the size that the catalogue states, ordered as the catalogue orders it', async () => {
  const { entries } = await loadCatalogue(join(packageRoot(), 'models.yaml'));
  const clips = entries.filter((entry) => entry.kind === 'clip');

  const delivered = clips.map(({ name, model, input }) => {
    const known = findModel(model);
    if (!known) throw new Error(`The stand-in does not play ${model}.`);
    return { name, shortSide: clipFormatOf(known, input).shortSide };
  });

  expect(clips.length).toBeGreaterThan(10);
  expect(delivered).toEqual(clips.map(({ name, shortSide }) => ({ name, shortSide })));
});
