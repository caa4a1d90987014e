import { models, withStandIn } from './stand-in-harness.ts';
import type { Answer, Api } from './stand-in-harness.ts';

async function createMany(api: Api, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { json } = await api.create(models.still, { prompt: `number ${index}`, seed: index });
    ids.push(json.id);
  }
  return ids;
}

test('the list is newest first, a hundred a page, and complete over its pages', async () => {
  await withStandIn({}, async (api) => {
    const ids = await createMany(api, 205);
    const listed: string[] = [];
    const sizes: number[] = [];
    let next: string | null = '/v1/predictions';
    while (next !== null) {
      const { json }: Answer = await api.send('GET', next);
      sizes.push(json.results.length);
      listed.push(...json.results.map(({ id }) => id));
      next = json.next;
    }
    expect(sizes).toEqual([100, 100, 5]);
    expect(listed).toEqual(ids.toReversed());
  });
});

test('items carry what a search for a twin needs', async () => {
  await withStandIn({}, async (api) => {
    const [id] = await createMany(api, 1);
    const { results } = (await api.send('GET', '/v1/predictions')).json;
    expect(results).toEqual([
      expect.objectContaining({
        id,
        input: { prompt: 'number 0', seed: 0 },
        data_removed: false,
        created_at: expect.any(String) as string,
        status: expect.any(String) as string,
      }),
    ]);
  });
});

test('created_after is inclusive and created_before exclusive', async () => {
  await withStandIn({}, async (api) => {
    const { json: first } = await api.create(models.still);
    while (Date.now() <= Date.parse(first.created_at)) await new Promise(setImmediate);
    const { json: second } = await api.create(models.still);
    const idsOf = async (query: string): Promise<string[]> =>
      (await api.send('GET', `/v1/predictions?${query}`)).json.results.map(({ id }) => id);
    expect(await idsOf(`created_after=${second.created_at}`)).toEqual([second.id]);
    expect(await idsOf(`created_before=${second.created_at}`)).toEqual([first.id]);
    expect(await idsOf(`created_after=${first.created_at}`)).toEqual([second.id, first.id]);
    expect((await api.send('GET', '/v1/predictions?created_after=yesterday')).status).toBe(422);
  });
});

test('a list that lags hides the young predictions of its rule and no others', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { match: { kind: 'clip' }, times: 'always', fault: { type: 'listLag', seconds: 3600 } },
    ]);
    const still = (await api.create(models.still)).json;
    const clip = (await api.create(models.clip)).json;
    const ids = (await api.send('GET', '/v1/predictions')).json.results.map(({ id }) => id);
    expect(ids).toEqual([still.id]);
    expect((await api.send('GET', clip.urls.get)).status).toBe(200);
    control.setFaults([]);
    expect((await api.send('GET', '/v1/predictions')).json.results).toHaveLength(2);
  });
});
