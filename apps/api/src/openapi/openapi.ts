import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { finishDocument } from "./finish-document.ts";

/** What the routes say of themselves, as OpenAPI 3.1. */
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
            description: "A key, as an owner or developer of the organization makes it.",
          },
        },
      },
    },
  });
}

const DESCRIPTION = `Decides whether a marketing call may be placed, and proves why.

Instants are RFC 3339 in UTC. Sentences are in the language of \`Accept-Language\` (\`en\`, \`ru\`);
programs read codes. Errors are problems (RFC 9457) that say how to mend the request. A POST that
changes something may carry an \`Idempotency-Key\`: repeated within 24 hours, it gets the first answer.
\`RateLimit\` tells how many requests are left to a key.`;

const TAGS = [
  { name: "Screening", description: "May this call be placed?" },
  { name: "Opt-outs", description: "A person's own refusal: in force before the answer." },
  { name: "Consents", description: "What people agreed to, with its evidence." },
  { name: "Forms", description: "For pages that ask for consent: without a key." },
  { name: "Records", description: "Contacts, and calls that were placed." },
  { name: "Campaigns", description: "Whom a campaign may call, each with its permit." },
  { name: "Scrubs", description: "A file, screened at once." },
  { name: "Proofs", description: "What proves a statement or a screening to anyone, without us." },
  {
    name: "Ledger",
    description: "The log, for the tools of others: C2SP tlog-tiles. Without a key.",
  },
  { name: "Operations", description: "Whether the service runs." },
];
