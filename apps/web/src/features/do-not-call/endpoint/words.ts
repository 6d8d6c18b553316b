import { useTranslations } from "next-intl";
import type { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";

/** Names the kind of a system, by its maker if it has one. */
export function useKindName() {
  const t = useTranslations("endpoints.kinds");
  return (kind: string) => {
    if (kind === "vicidial" || kind === "bitrix24" || kind === "sftp") return t(kind);
    return t("webhook");
  };
}

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

/** Message key of an event. The event's own name has a dot, which would split the key. */
export const toEventKey = (event: EndpointEvent) => words[event];
