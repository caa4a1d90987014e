import { notFound } from '../http/api-problem.ts';
import { sendJson } from '../http/exchange.ts';
import { findModel, versionOf } from './find-model.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { ModelDescription } from './model-description.ts';

/** Describes a model, with its input's schema, as the host does. */
export function modelRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/models/:owner/:name',
      handle: (exchange) => {
        const { owner = '', name = '' } = exchange.params;
        const model = findModel(`${owner}/${name}`);
        if (model === undefined) throw notFound('resource');
        sendJson(exchange, presentModel(model, { owner, name }));
      },
    },
  ];
}

function presentModel(model: ModelDescription, { owner, name }: { owner: string; name: string }): unknown {
  return {
    url: `https://replicate.com/${owner}/${name}`,
    owner,
    name,
    description: `The stand-in's ${model.kind} model of this name`,
    visibility: 'public',
    is_official: model.version === undefined,
    run_count: 0,
    cover_image_url: null,
    default_example: null,
    latest_version: {
      id: versionOf(model),
      created_at: '2026-11-22T00:00:00.000Z',
      openapi_schema: { openapi: '3.1.0', components: { schemas: presentSchemas(model) } },
    },
  };
}

function presentSchemas({ required, properties, output }: ModelDescription): unknown {
  const address = { type: 'string', format: 'uri' };
  return {
    Input: { type: 'object', title: 'Input', required, properties },
    Output: { title: 'Output', ...(output === 'list' ? { type: 'array', items: address } : address) },
  };
}
