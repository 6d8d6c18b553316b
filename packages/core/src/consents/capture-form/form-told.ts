import { z } from "zod";
import { DisclosureAsks } from "../disclosure/index.ts";
import { DisclosureId } from "../../platform/ids.ts";
import { CaptureFormSettings, ConfirmationSettings } from "./capture-form.ts";

/** What a page gets that is to show a form. */
export const FormTokenTold = z
  .object({
    token: z.string().meta({ description: "For one sending, within twelve hours." }),
    issuedAt: z.date().meta({ description: "To be sent back as it is." }),
    version: z.int(),
    fields: CaptureFormSettings.pick({ name: true, email: true }),
    disclosures: z
      .array(
        z.object({
          id: DisclosureId,
          version: z.int(),
          asks: DisclosureAsks,
          language: z.string(),
          text: z.string(),
        }),
      )
      .readonly(),
  })
  .meta({ id: "FormToken" });
export type FormTokenTold = z.infer<typeof FormTokenTold>;

/** What a form is answered: the same for every number. */
export const SubmissionTold = z
  .object({
    status: z.literal("received"),
    confirmation: ConfirmationSettings.nullable().meta({
      description: "How the person hears of it; `isAsked`: the consent waits for their answer.",
    }),
    reference: z.uuid().meta({ description: "Of this sending." }),
    receipt: z.url().nullable().meta({
      description:
        "Opens what the person agreed to: the texts, a copy of each consent, and a button that withdraws it. Null while the consent waits for their answer, and if they agreed to nothing.",
    }),
  })
  .meta({ id: "SubmissionReceived" });
export type SubmissionTold = z.infer<typeof SubmissionTold>;
