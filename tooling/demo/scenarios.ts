import type { Installation } from "@ringfence/services/context";
import type { DemoMember } from "./members.ts";
import { seedBlank } from "./seed-blank.ts";
import { seed } from "./seed.ts";

export type Scenario = {
  says: string;
  load: (
    installation: Installation,
    apiSecret: Uint8Array,
  ) => Promise<{ members: readonly DemoMember[] }>;
};

/** Scenarios of `pnpm seed`, by name. Loading one again changes nothing. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  demo: {
    says: "a bank with its people, consents, refusals and calls: what npm start loads",
    load: seed,
  },
  blank: {
    says: "an organization that has not begun, with its owner",
    load: seedBlank,
  },
};
