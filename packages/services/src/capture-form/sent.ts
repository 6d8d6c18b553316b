import type { Submission } from "@ringfence/core/capture-form";

/** What a form sent, and what the server itself saw of the request. */
export type Sent = {
  submission: Submission;
  origin: string | null;
  ip: string;
  userAgent: string;
};
