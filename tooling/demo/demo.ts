import type { DemoMember } from "./members.ts";

/** What someone who tries the demo has to know: contract 12, without the addresses. */
export type Demo = {
  /** Of the machine door, with every scope. */
  apiKey: string;
  organization: string;
  /** Keys, as requests name them. */
  seller: string;
  purpose: string;
  members: readonly DemoMember[];
};

/** The phones to try, and an instant at which each is what it is called. */
export type DemoPhones = {
  at: string;
  phones: Record<
    "callable" | "optedOut" | "listed" | "noConsent" | "expired" | "unknownZone",
    string
  >;
};
