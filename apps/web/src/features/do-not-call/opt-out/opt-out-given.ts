/** Those through which a person tells a person. */
export const channels = ["agent", "sms", "email", "ivr", "web", "regulator"] as const;

export type OptOutGiven = {
  phone: string;
  scope: "all" | "seller" | "purpose" | "profiling";
  seller: string;
  purpose: string;
  channel: (typeof channels)[number];
  when: "now" | "earlier";
  /** A reading of the member's clock, where it was earlier. */
  at: string;
  /** Where it can be heard. */
  recording: string;
  note: string;
};
