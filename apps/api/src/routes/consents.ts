import { ConsentTold, RecordConsent } from "@ringfence/core/consent";
import { ConsentId } from "@ringfence/core/ids";
import { type ConsentAnswer, recordConsent, withdrawConsent } from "@ringfence/services/consent";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { Withdrawal } from "../openapi/named-schemas.ts";
import { answerChange, ChangeHeaders } from "../answer-change.ts";

const tags = ["Consents"];
const config = { action: "consent.record", problems: ["not-found", "unprocessable"] } as const;

export const consentRoutes: FastifyPluginAsyncZod = async (server) => {
  server.post(
    "/consents",
    {
      config,
      schema: {
        tags,
        operationId: "recordConsent",
        summary: "Put on record that a person agreed to calls, with what proves it",
        headers: ChangeHeaders,
        body: RecordConsent,
        response: { 201: ConsentTold },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const body = tell(await recordConsent(ctx, request.body));
        return { status: 201, body };
      }),
  );

  server.post(
    "/consents/:id/withdrawals",
    {
      config: { ...config, isUnlimited: true },
      schema: {
        tags,
        operationId: "withdrawConsent",
        summary: "Put on record that a person takes back what they agreed to",
        headers: ChangeHeaders,
        params: z.object({ id: ConsentId }),
        body: Withdrawal.nullable(),
        response: { 201: ConsentTold },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const said = request.body ?? Withdrawal.parse({});
        const answer = await withdrawConsent(ctx, { ...said, consent: request.params.id });
        return { status: 201, body: tell(answer) };
      }),
  );
};

const tell = (answer: ConsentAnswer): ConsentTold => ({
  ...answer,
  certificate: `/v1/consents/${answer.id}/certificate.json`,
});
