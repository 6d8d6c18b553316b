import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { type Named, namedSchemas } from "./named-schemas.ts";

/** Builds the OpenAPI 3.1 document from the routes. */
export async function openApi(server: FastifyInstance) {
  await server.register(swagger, {
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (document) => {
      const whole = jsonSchemaTransformObject(document);
      return "openapi" in whole ? finishDocument(whole) : whole;
    },
    openapi: {
      openapi: "3.1.1",
      info: { title: "Ringfence", version: "1", description: DESCRIPTION },
      servers: [{ url: "/" }],
      tags: TAGS,
      components: {
        securitySchemes: {
          key: {
            type: "http",
            scheme: "bearer",
            description: KEY_DESCRIPTION,
          },
        },
      },
    },
  });
}

const DESCRIPTION = `Decides whether a marketing call may be placed, and proves why.

Instants are RFC 3339 in UTC. Sentences are in the language of \`Accept-Language\` (\`en\`, \`ru\`);
programs read codes. Errors are problems (RFC 9457) that say how to fix the request. A POST that
changes something may carry an \`Idempotency-Key\`: repeated within 24 hours, it gets the first answer.
\`RateLimit\` says how many requests the key has left.`;

const KEY_DESCRIPTION = `API key, created by an owner or developer of the organization.

A key for which a public key is registered requires signed requests (RFC 9421, Ed25519), with the
headers \`Signature-Input\`, \`Signature\` and, if there is a body, \`Content-Digest\` (RFC 9530, sha-256).
Covered components: \`@method\`, \`@target-uri\` (or \`@authority\`, \`@path\` and \`@query\`), \`authorization\`,
and \`content-digest\` and \`idempotency-key\` if they are sent. Parameters: \`created\`, \`keyid\` (thumbprint of
the public key, RFC 7638), \`nonce\` and \`alg="ed25519"\`.`;

const TAGS = [
  { name: "Screening", description: "May this call be placed?" },
  { name: "Opt-outs", description: "Opt-outs by people, in force before the answer." },
  { name: "Consents", description: "Consents with their evidence." },
  { name: "Forms", description: "For pages that ask for consent. No key is needed." },
  { name: "Records", description: "Contacts, activities, calls that were placed, and complaints." },
  { name: "Campaigns", description: "People whom a campaign may call, each with a permit." },
  { name: "Scrubs", description: "Screening of whole files." },
  {
    name: "Proofs",
    description: "Proofs of statements and screenings that anyone can verify without us.",
  },
  {
    name: "Ledger",
    description: "The public log, for C2SP tlog-tiles tools. No key is needed.",
  },
  { name: "Operations", description: "Health of the service." },
];

type Body = { type?: string; $ref?: string; items?: Body; anyOf?: Body[] };
type Content = Record<string, { schema?: Body }>;

/** Completes the document as readers and client generators expect it. */
function finishDocument<D extends Document>(document: D): D {
  const tidy = tidySchemas(document);
  const named: Schemas = JSON.parse(JSON.stringify(tidy.components?.schemas ?? {}));
  const schemas = describeSchemas(named, namedSchemas);
  const whole = { ...tidy, components: { ...tidy.components, schemas } };
  return JSON.parse(JSON.stringify(whole), (key, value: unknown) => {
    if (key === "description" && value === "Default Response") return "The request succeeded.";
    if (!hasContent(value)) return value;
    const content = key === "requestBody" ? linesAsText(value.content) : value.content;
    return { ...value, content: withExamples(content, schemas) };
  });
}

const hasContent = (value: unknown): value is { content: Content } =>
  typeof value === "object" && value !== null && "content" in value;

/** Shows a body that is not JSON as text, without a JSON schema. */
const linesAsText = (content: Content): Content =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type,
      type === "application/json" ? media : { schema: { type: "string" } },
    ]),
  );

/** Repeats the example of a named schema where it is used, because readers look there. */
const withExamples = (content: Content, schemas: Schemas): Content =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const example = findExample(media.schema ?? {}, schemas);
      return [type, example === undefined ? media : { ...media, example }];
    }),
  );

function findExample({ $ref = "", items, anyOf }: Body, schemas: Schemas): unknown {
  if (items !== undefined) {
    const item = findExample(items, schemas);
    return item && [item];
  }
  const [first] = anyOf ?? [];
  if (first !== undefined) return findExample(first, schemas);
  return schemas[$ref.replace("#/components/schemas/", "")]?.examples?.[0];
}

type Schema = { properties?: Record<string, object>; examples?: readonly unknown[] };
type Schemas = Record<string, Schema>;

/** Adds field descriptions and example requests to the named schemas. */
function describeSchemas(schemas: Schemas, named: readonly Named[]): Schemas {
  const byId = new Map(named.map((one) => [one.id, one]));
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { fields = {}, examples = schema.examples } = byId.get(id) ?? {};
      const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        { ...(name in fields && { description: fields[name] }), ...property },
      ]);
      return [
        id,
        {
          ...schema,
          ...(schema.properties && { properties: Object.fromEntries(properties) }),
          ...(examples && { examples }),
        },
      ];
    }),
  );
}

/** An OpenAPI document, as far as its named schemas go. */
type Document = { components?: { schemas?: Record<string, object> } };

const POINTER = "#/components/schemas/";
const REFERENCE = /"#\/components\/schemas\/(\w+)"/g;

/**
 * Keeps the schemas that a document refers to, each under its plain name. The converter makes two
 * of each, `Name` for answers and `NameInput` for requests, whichever is used.
 */
export function tidySchemas<D extends Document>(document: D): D {
  const { schemas = {}, ...components } = document.components ?? {};
  const used = reach(JSON.stringify({ ...document, components }), schemas);

  const plainName = (id: string) => {
    const short = id.replace(/Input$/, "");
    return used.has(short) ? id : short;
  };
  const kept = Object.entries(schemas).filter(([id]) => used.has(id));
  const tidied = kept.map(([id, schema]) => [plainName(id), schema] as const);
  tidied.sort(([a], [b]) => a.localeCompare(b, "en"));

  const whole = { ...document, components: { ...components, schemas: Object.fromEntries(tidied) } };
  return JSON.parse(JSON.stringify(whole), (key, value) =>
    key === "$ref" && typeof value === "string" && value.startsWith(POINTER)
      ? POINTER + plainName(value.slice(POINTER.length))
      : value,
  );
}

/** Collects the names that a text refers to, and those that these refer to in turn. */
function reach(text: string, schemas: Record<string, unknown>, found = new Set<string>()) {
  for (const [, name = ""] of text.matchAll(REFERENCE)) {
    if (found.has(name)) continue;
    found.add(name);
    reach(JSON.stringify(schemas[name]), schemas, found);
  }
  return found;
}
