import { useFormatter, useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { type Endpoint, EndpointState } from "../state";
import { toEventKey, useKindName } from "../words";
import type { EndpointId } from "@ringfence/core/ids";
import Link from "next/link";
import { Button } from "@/components/button";

/** Facts about an endpoint: its kind, address, events and state. */
export function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations("endpoints");
  const events = useTranslations("endpoints.eventNames");
  const kindName = useKindName();
  const format = useFormatter();
  const { kind, url, createdAt } = endpoint;
  return (
    <Facts
      facts={[
        { name: t("state"), value: <EndpointState endpoint={endpoint} /> },
        { name: t("kind"), value: kindName(kind) },
        { name: t("url"), value: <span className="font-mono text-sm break-all">{url}</span> },
        {
          name: t("events"),
          value: format.list(endpoint.events.map((event) => events(toEventKey(event)))),
        },
        { name: t("reason"), value: endpoint.reason ?? t("noReason") },
        { name: t("since"), value: <LocalTime instant={createdAt} /> },
      ]}
    />
  );
}

type ChangeLinkProps = { endpointId: EndpointId; whyNot: string | undefined };

/** Link to the settings of a dialer, or a disabled button with the reason. */
export function ChangeLink({ endpointId, whyNot }: ChangeLinkProps) {
  const t = useTranslations("endpoint");
  return whyNot === undefined ? (
    <Link href={`/endpoints/${endpointId}/change`}>{t("changeSettings")}</Link>
  ) : (
    <Button size="small" whyNot={whyNot}>
      {t("changeSettings")}
    </Button>
  );
}
