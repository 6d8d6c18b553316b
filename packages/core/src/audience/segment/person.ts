import type { Activity } from "../../people/activity/index.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";

/** All that rules ask of a person. */
export type Person = {
  ordinal: number;
  /** IANA name; null where they did not tell. */
  zone: string | null;
  fields: Record<string, string | number | boolean>;
  activities: readonly (Activity & { key: string })[];
  calls: readonly { at: Date; outcome: string | null }[];
  /** What was said of each of their phones. */
  consents: readonly (readonly ConsentEvent[])[];
  hasRefusedProfiling: boolean;
};
