import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { finishDocument } from "./finish-document.ts";

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
            description: "API key, created by an owner or developer of the organization.",
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

const TAGS = [
  { name: "Screening", description: "May this call be placed?" },
  { name: "Opt-outs", description: "Opt-outs by people, in force before the answer." },
  { name: "Consents", description: "Consents with their evidence." },
  { name: "Forms", description: "For pages that ask for consent. No key is needed." },
  { name: "Records", description: "Contacts, activities, and calls that were placed." },
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
