import type { DemoMember } from "./members.ts";

/** Facts that a person who tries the demo needs (contract 12), without the addresses. */
export type Demo = {
  /** API key with every scope. */
  apiKey: string;
  organization: string;
  /** Keys of seller and purpose, as requests use them. */
  seller: string;
  purpose: string;
  members: readonly DemoMember[];
};

/** The phones to try, and an instant at which each matches its name. */
export type DemoPhones = {
  at: string;
  phones: Record<
    "callable" | "optedOut" | "listed" | "noConsent" | "expired" | "unknownZone",
    string
  >;
};
