import { expect, it } from "vitest";
import { aServer } from "../../testing/server.ts";
import { namedSchemas } from "./named-schemas.ts";

type Media = {
  example?: unknown;
  schema: { $ref?: string; items?: { $ref?: string }; anyOf?: { $ref?: string }[] };
};
type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  security?: object[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
};

const { openapi, paths, components } = (await (await aServer()).inject("/openapi.json")).json<{
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, { properties?: Record<string, { description?: string }> }>;
  };
}>();
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, ...operation })),
);
const isPublic = /^\/v1\/forms\//;
const keyed = operations.filter(({ path }) => path.startsWith("/v1/") && !isPublic.test(path));

/** The name of the schema of a body, alone or in a list. */
const schemaName = ({ schema }: Media) =>
  schema.$ref ?? schema.items?.$ref ?? schema.anyOf?.find(({ $ref }) => $ref)?.$ref;

it("is OpenAPI 3.1 and covers every route of the API", () => {
  expect(openapi).toMatch(/^3\.1\./);
  expect(Object.keys(paths)).toEqual([
    "/healthz",
    "/readyz",
    "/.well-known/jwks.json",
    "/ledger/checkpoint",
    "/ledger/policy",
    "/v1/forms/{form}/tokens",
    "/v1/forms/{form}/submissions",
    "/v1/screenings",
    "/v1/screenings/batch",
    "/v1/permits/verify",
    "/v1/opt-outs",
    "/v1/opt-outs.csv",
    "/v1/blocked-list.csv",
    "/v1/blocked-list/{edition}/changes.csv",
    "/v1/inbound/disposition/{system}",
    "/v1/consents",
    "/v1/consents/{id}/withdrawals",
    "/v1/consents/{id}/record.json",
    "/v1/consents/{id}/certificate.json",
    "/v1/consents/{id}/certificate.pdf",
    "/v1/opt-outs/{id}/certificate.json",
    "/v1/opt-outs/{id}/certificate.pdf",
    "/v1/contacts",
    "/v1/activities",
    "/v1/activity-types",
    "/v1/calls",
    "/v1/complaints",
    "/v1/campaigns/{key}/calls",
    "/v1/campaigns/{key}/duties",
    "/v1/proofs/{id}",
    "/v1/scrubs",
    "/v1/scrubs/{id}",
    "/v1/scrubs/{id}/result.csv",
  ]);
});

it("names every operation, and says what it does", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(operations.length);
  expect(operations.filter(({ operationId, summary }) => !operationId || !summary)).toEqual([]);
});

it("names every JSON schema of requests and answers", () => {
  const bodies = operations.flatMap(({ requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((body) =>
      Object.entries(body?.content ?? {}),
    ),
  );
  const unnamed = bodies.filter(
    ([type, media]) =>
      type.includes("json") && type !== "application/x-ndjson" && !schemaName(media),
  );
  expect(unnamed).toEqual([]);
});

it("has no broken references and no unused schemas", () => {
  const text = JSON.stringify({ paths, components });
  const used = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(Object.keys(components.schemas)));
});

it("documents key, scope and problems everywhere below /v1 except for forms", () => {
  for (const { security, description, responses } of keyed) {
    expect(security).toEqual([{ key: [] }]);
    expect(description).toMatch(/Scope: `[a-z:-]+`/);
    for (const status of ["400", "401", "403", "500", "503"]) {
      expect(Object.keys(responses[status]?.content ?? {})).toEqual(["application/problem+json"]);
    }
  }
  const unlimited = keyed.filter(({ responses }) => !("429" in responses));
  expect(unlimited.map(({ operationId }) => operationId)).toEqual([
    "recordOptOut",
    "recordDisposition",
    "withdrawConsent",
    "receiveComplaint",
  ]);
});

const readExample = (path: string) =>
  paths[path]?.post?.requestBody?.content["application/json"]?.example;

it("shows an example request, alone or in a list", () => {
  expect(readExample("/v1/screenings")).toHaveProperty("phone");
  expect(readExample("/v1/calls")).toMatchObject([{ phone: "+12015550123" }]);
  expect(readExample("/v1/consents/{id}/withdrawals")).toHaveProperty("channel");
});

it.each(namedSchemas)("describes each field of $id, with valid examples", (named) => {
  const { id, schema, fields, examples } = named;
  expect(Object.keys(fields).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
  for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();

  const { properties = {} } = components.schemas[id] ?? {};
  expect(Object.keys(properties)).toEqual(Object.keys(schema.shape));
  for (const { description } of Object.values(properties)) expect(description).toBeTruthy();
});
