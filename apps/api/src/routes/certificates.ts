import { Certificate } from "@ringfence/core/ledger";
import { printCertificate, readCertificate } from "@ringfence/services/certificate";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { localeOf } from "../answer-errors.ts";
import { contextOf } from "../authenticate.ts";
import { pdfFile } from "../openapi/text-file.ts";

type Server = Parameters<FastifyPluginAsyncZod>[0];
type Options = { publicUrl: string };

const config = { action: "proof.read", problems: ["not-found"] } as const;
const tags = ["Proofs"];
const params = z.object({ id: z.uuid() });

/** What proves a consent or a refusal to anyone: as data, and for people. */
export const certificateRoutes: FastifyPluginAsyncZod<Options> = async (server, { publicUrl }) => {
  for (const of of ["consents", "opt-outs"] as const) serveCertificate(server, of, publicUrl);
};

function serveCertificate(server: Server, of: "consents" | "opt-outs", publicUrl: string) {
  const noun = of === "consents" ? "consent" : "refusal";
  const name = of === "consents" ? "Consent" : "OptOut";
  server.get(
    `/${of}/:id/certificate.json`,
    {
      config,
      schema: {
        tags,
        operationId: `read${name}Certificate`,
        summary: `What proves a ${noun} to anyone and without us`,
        description: "`ringfence-verify` and the page /verify check it, offline.",
        params,
        response: { 200: Certificate },
      },
    },
    (request) => readCertificate(contextOf(request), request.params),
  );

  server.get(
    `/${of}/:id/certificate.pdf`,
    {
      config,
      schema: {
        tags,
        operationId: `print${name}Certificate`,
        summary: `The certificate of a ${noun} to read, with itself attached`,
        description: "In the language of Accept-Language.",
        params,
        response: { 200: pdfFile },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const pdf = await printCertificate(contextOf(request), {
        id,
        locale: localeOf(request),
        publicUrl,
      });
      return reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename="certificate-${id}.pdf"`)
        .send(Buffer.from(pdf));
    },
  );
}
