import { useTranslations } from "next-intl";
import type { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";

/** What kind of system it is, by the name of its maker where it has one. */
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

/** The key under which an event is called by a name: a dot would part it. */
export const toEventKey = (event: EndpointEvent) => words[event];
