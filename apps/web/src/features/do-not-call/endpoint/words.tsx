import { useTranslations } from "next-intl";
import type { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import type { listEndpoints } from "@ringfence/services/do-not-call/endpoint";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";

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

export type Endpoint = Awaited<ReturnType<typeof listEndpoints>>[number];

/** Shows whether an endpoint works, since when, and how many deliveries wait or were given up. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations("endpoints");
  const { disabledAt, failingSince, deliveredAt, pending, dead } = endpoint;
  return (
    <>
      <Badge status={toBadge(endpoint)} />
      <span className="block text-sm text-muted">
        {disabledAt && t.rich("disabledSince", { time: () => <LocalTime instant={disabledAt} /> })}
        {!disabledAt &&
          failingSince &&
          t.rich("failingSince", { time: () => <LocalTime instant={failingSince} /> })}
        {!disabledAt &&
          !failingSince &&
          (deliveredAt
            ? t.rich("reachedLast", { time: () => <LocalTime instant={deliveredAt} /> })
            : t("nothingYet"))}
      </span>
      {pending + dead > 0 && (
        <span className="block text-sm text-muted">{t("waiting", { pending, dead })}</span>
      )}
    </>
  );
}

function toBadge({ disabledAt, failingSince, deliveredAt }: Endpoint) {
  if (disabledAt !== null) return "disabled";
  if (failingSince !== null) return "unreached";
  return deliveredAt === null ? "queued" : "reached";
}
