// Describes the HTTP calls for other programs, from the same table that the routers are bound to. OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0
import { Router } from 'express';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from '../contract/http.ts';
import { RefusalDetails, refusalStatus } from '../contract/reply.ts';

export type RouteTable = Readonly<Record<string, Route>>;

const Failure = z
  .object({ code: z.enum(Object.keys(refusalStatus)), message: z.string(), details: RefusalDetails.optional() })
  .meta({ id: 'Error', description: 'Why a call failed; `code` is from a closed list' });

/** @param tables one per module; the names become operation ids, and must not repeat */
export function openApiDocument(tables: readonly RouteTable[], version: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, route] of tables.flatMap((table) => Object.entries(table))) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Auditoria',
      version,
      description: 'Changing calls from a browser must come from our own pages (Origin). Times are milliseconds since 1970, UTC.',
    },
    servers: [{ url: '/' }],
    paths: paths satisfies ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'auditoria_session', description: 'Set by signing in' },
        bearer: { type: 'http', scheme: 'bearer', description: 'The token that signing in answers' },
      },
    },
  });
}

export function openApiHttp(tables: readonly RouteTable[], version: string): Router {
  const router = Router();
  let document: ReturnType<typeof createDocument> | undefined;
  router.get('/api/openapi.json', (_request, response) => {
    document ??= openApiDocument(tables, version);
    response.json(document);
  });
  return router;
}

function operation(name: string, route: Route): ZodOpenApiOperationObject {
  const { params, query } = route;
  const hasBody = !isBare(route.body);
  return {
    operationId: name,
    summary: route.summary,
    security: route.access === 'anyone' ? [] : [{ cookie: [] }, { bearer: [] }],
    requestParams: {
      ...(params instanceof z.ZodObject && !isBare(params) && { path: params }),
      ...(query instanceof z.ZodObject && !isBare(query) && { query }),
    },
    ...(hasBody && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: {
      ...(isBare(route.answer)
        ? { '204': { description: 'Done' } }
        : { '200': { description: 'Done', content: { 'application/json': { schema: route.answer } } } }),
      default: { description: 'Refused', content: { 'application/json': { schema: Failure } } },
    },
  };
}

function isBare(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}
