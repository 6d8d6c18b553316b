import path from "node:path";
import {
  ConsentRecord,
  Iso27560Record,
  KantaraReceipt,
  VconAttachment,
  toIso27560Record,
  toKantaraReceipt,
  toVconAttachment,
} from "@ringfence/core/consents/consent";
import { ConsentId } from "@ringfence/core/ids";
import { Certificate } from "@ringfence/core/proof/ledger";
import {
  printCertificate,
  proofActions,
  readCertificate,
} from "@ringfence/services/proof/certificate";
import { readConsentRecord } from "@ringfence/services/consents/consent";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requestLocale } from "../../answer-errors.ts";
import { requireContext } from "../../authenticate.ts";
import { pdfFile } from "../../openapi/document-answers.ts";

type Server = Parameters<FastifyPluginAsyncZod>[0];
type Options = { publicUrl: string };

const fontFolder = path.resolve(import.meta.dirname, "../../../../../packages/services/fonts");

const problems = ["not-found"] as const;
const tags = ["Proofs"];
const params = z.object({ id: z.uuid() });

/** Certificates of consents and opt-outs, as JSON and as PDF. */
export const certificateRoutes: FastifyPluginAsyncZod<Options> = async (server, { publicUrl }) => {
  serveCertificate(server, "consent", publicUrl);
  serveCertificate(server, "opt-out", publicUrl);
  serveRecord(server, publicUrl);
};

const exports = {
  record: (record: ConsentRecord) => record,
  "iso-27560": toIso27560Record,
  kantara: toKantaraReceipt,
  vcon: (record: ConsentRecord) => toVconAttachment(record),
};
const AnyRecord = z
  .union([ConsentRecord, Iso27560Record, KantaraReceipt, VconAttachment])
  .meta({ id: "AnyConsentRecord" });
const ExportForm = z.enum(["record", "iso-27560", "kantara", "vcon"]);

/** Serves the whole record of a consent, in the requested standard. */
function serveRecord(server: Server, publicUrl: string) {
  server.get(
    "/consents/:id/record.json",
    {
      config: { action: "consent.prove", problems },
      schema: {
        tags,
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
      return exports[request.query.form](
        await readConsentRecord(requireContext(request), { id, publicUrl }),
      );
    },
  );
}

function serveCertificate(server: Server, kind: "consent" | "opt-out", publicUrl: string) {
  const name = kind === "consent" ? "Consent" : "OptOut";
  const config = { action: proofActions[kind], problems };
  server.get(
    `/${kind}s/:id/certificate.json`,
    {
      config,
      schema: {
        tags,
        operationId: `read${name}Certificate`,
        summary: `Get the certificate of a ${kind}, which anyone can verify without us`,
        description: "`ringfence-verify` and the page /verify check it offline.",
        params,
        response: { 200: Certificate },
      },
    },
    (request) => readCertificate(requireContext(request), { ...request.params, kind }),
  );

  server.get(
    `/${kind}s/:id/certificate.pdf`,
    {
      config,
      schema: {
        tags,
        operationId: `print${name}Certificate`,
        summary: `Get the certificate of a ${kind} as a PDF, with the JSON attached`,
        description: "The PDF is in the language of `Accept-Language`.",
        params,
        response: { 200: pdfFile },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const pdf = await printCertificate(requireContext(request), {
        id,
        kind,
        locale: requestLocale(request),
        publicUrl,
        fontFolder,
      });
      return reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename="certificate-${id}.pdf"`)
        .send(Buffer.from(pdf));
    },
  );
}
