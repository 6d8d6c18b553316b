import type { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";

const words = {
  "opt-out.recorded": "optOut",
  "opt-out.burst": "burst",
  "consent.changed": "consent",
  "registry.updated": "registry",
  "registry.alert": "registryAlert",
  "violation.found": "violation",
  "campaign.changed": "campaign",
  "blocked-list.changed": "blockedList",
} as const satisfies Record<EndpointEvent, string>;

/** The key under which an event is called by a name: a dot would part it. */
export const wordOf = (event: EndpointEvent) => words[event];
