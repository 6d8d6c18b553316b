import type { FormPlacement, Submission } from "@ringfence/core/consents/capture-form";
import type { FormToken } from "./form-token.ts";

/** Facts about the request that the server itself saw. */
export type SeenOfSender = { ip: string; userAgent: string };

/** A form that came with a token of ours. */
export type Received = SeenOfSender & {
  submission: Submission;
  token: FormToken;
  placement: FormPlacement;
};
