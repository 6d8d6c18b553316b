import path from "node:path";
import { Certificate } from "@ringfence/core/proof/ledger";
import {
  printCertificate,
  proofActions,
  readCertificate,
} from "@ringfence/services/proof/certificate";
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
};

function serveCertificate(server: Server, kind: "consent" | "opt-out", publicUrl: string) {
  const name = kind === "consent" ? "Consent" : "OptOut";
  const config = { documentedAction: proofActions[kind], problems };
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
