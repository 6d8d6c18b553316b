import type { listEndpoints } from "@ringfence/services/do-not-call/endpoint";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/local-time";

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
