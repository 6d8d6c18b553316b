import {
  ConsentResponse,
  RecordConsent,
  findUnreadConsentFields,
  findUnreadWithdrawalFields,
} from "@ringfence/core/consents/consent";
import { ConsentId } from "@ringfence/core/ids";
import {
  type RecordedConsent,
  recordConsent,
  withdrawConsent,
} from "@ringfence/services/consents/consent";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { Withdrawal } from "../../openapi/named-schemas.ts";
import { ChangeHeaders, RefusalHeaders, answerChange } from "../../answer-change.ts";
import { formatNotes, noteUnread } from "../../note-unread.ts";

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
        summary: "Record a consent to calls, with its evidence",
        headers: ChangeHeaders,
        body: RecordConsent,
        response: { 201: ConsentResponse },
      },
      preValidation: noteUnread(server, findUnreadConsentFields, "consent.field-unread"),
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const answer = await recordConsent(ctx, request.body);
        return { status: 201, body: toResponse(answer, formatNotes(request, answer.notes)) };
      }),
  );

  server.post(
    "/consents/:id/withdrawals",
    {
      config: { ...config, isUnlimited: true },
      schema: {
        tags,
        operationId: "withdrawConsent",
        summary: "Record that a person withdraws a consent",
        description:
          "Only a wrong id makes the withdrawal fail. `notes` say what else could not be read.",
        headers: RefusalHeaders,
        params: z.object({ id: ConsentId }),
        body: Withdrawal.nullable().catch(null),
        response: { 201: ConsentResponse },
      },
      preValidation: noteUnread(server, findUnreadWithdrawalFields),
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const withdrawal = request.body ?? Withdrawal.parse({});
        const answer = await withdrawConsent(ctx, { ...withdrawal, consent: request.params.id });
        return { status: 201, body: toResponse(answer, formatNotes(request, answer.notes)) };
      }),
  );
};

const toResponse = (answer: RecordedConsent, notes: string[]): ConsentResponse => ({
  ...answer,
  notes,
  certificate: `/v1/consents/${answer.id}/certificate.json`,
});
