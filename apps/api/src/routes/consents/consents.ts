import {
  ConsentRecord,
  ConsentResponse,
  Iso27560Record,
  KantaraReceipt,
  RecordConsent,
  VconAttachment,
  listOddConsentFields,
  listOddWithdrawalFields,
  toIso27560Record,
  toKantaraReceipt,
  toVconAttachment,
} from "@ringfence/core/consents/consent";
import { ConsentId } from "@ringfence/core/ids";
import {
  type RecordedConsent,
  readConsentRecord,
  recordConsent,
  withdrawConsent,
} from "@ringfence/services/consents/consent";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { Withdrawal } from "../../openapi/named-schemas.ts";
import { requireContext } from "../../authenticate.ts";
import { ChangeHeaders, RefusalHeaders, answerChange, answerShared } from "../../answer-change.ts";
import { formatNotes, noteUnread } from "../../note-unread.ts";

const exporters = {
  record: (record: ConsentRecord) => record,
  "iso-27560": toIso27560Record,
  kantara: toKantaraReceipt,
  vcon: toVconAttachment,
};
const AnyRecord = z
  .union([ConsentRecord, Iso27560Record, KantaraReceipt, VconAttachment])
  .meta({ id: "AnyConsentRecord" });
const ExportForm = z.enum(["record", "iso-27560", "kantara", "vcon"]);

const tags = ["Consents"];
const config = {
  documentedAction: "consent.record",
  problems: ["not-found", "unprocessable"],
} as const;

/** Routes to record and withdraw consents, and to read all that is on record about one, in each standard format. */
export const consentRoutes: FastifyPluginAsyncZod<{ publicUrl: string }> = async (
  server,
  { publicUrl },
) => {
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
      preValidation: noteUnread(server, listConsentNotes),
    },
    (request, reply) =>
      answerShared(request, reply, {
        verb: recordConsent,
        input: request.body,
        toAnswer: (answer) => ({
          status: 201,
          body: toResponse(answer, formatNotes(request, answer.notes)),
        }),
      }),
  );

  server.post(
    "/consents/:id/withdrawals",
    {
      config: { ...config, isUnlimited: true, problems: ["not-found"] },
      schema: {
        tags,
        operationId: "withdrawConsent",
        summary: "Record that a person withdraws a consent",
        description:
          "A wrong id makes the withdrawal fail, and so does a body that is not valid JSON or has a field twice. " +
          "No other fault of the body does: `notes` say what could not be read.",
        headers: RefusalHeaders,
        params: z.object({ id: ConsentId }),
        // Accepts JSON of any shape, and no body at all. To text that is not JSON, `parseJson` has answered 400.
        body: Withdrawal.nullable().catch(null),
        response: { 201: ConsentResponse },
      },
      preValidation: noteUnread(server, listWithdrawalNotes),
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const withdrawal = request.body ?? Withdrawal.parse({});
        const answer = await withdrawConsent(ctx, { ...withdrawal, consent: request.params.id });
        return { status: 201, body: toResponse(answer, formatNotes(request, answer.notes)) };
      }),
  );

  server.get(
    "/consents/:id/record.json",
    {
      config: { documentedAction: "consent.prove", problems: ["not-found"] },
      schema: {
        tags: ["Proofs"],
        operationId: "readConsentRecord",
        summary: "Get everything on record about a consent, also in standard formats",
        description:
          "`form`: `iso-27560` is ISO/IEC TS 27560:2023 as JSON-LD, `kantara` a Kantara receipt 1.1, `vcon` " +
          "the attachment of draft-howe-vcon-lawful-basis-01.",
        params: z.object({ id: ConsentId }),
        querystring: z.object({ form: ExportForm.default("record") }),
        response: { 200: AnyRecord },
      },
    },
    async (request) => {
      const { id } = request.params;
      return exporters[request.query.form](
        await readConsentRecord(requireContext(request), { id, publicUrl }),
      );
    },
  );
};

const toResponse = (answer: RecordedConsent, notes: string[]): ConsentResponse => ({
  ...answer,
  notes,
  certificate: `/v1/consents/${answer.id}/certificate.json`,
});

function listConsentNotes(sent: unknown) {
  const key = "consent.field-unread" as const;
  return listOddConsentFields(sent).map((field) => ({ key, values: { field } }));
}

function listWithdrawalNotes(sent: unknown) {
  const key = "consent.withdrawal-field-unread" as const;
  return listOddWithdrawalFields(sent).map((field) => ({ key, values: { field } }));
}
