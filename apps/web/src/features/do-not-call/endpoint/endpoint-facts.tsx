import { useFormatter, useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { type Endpoint, EndpointState } from "./endpoint-state";
import { useKindName } from "./use-kind-name";
import { wordOf } from "./word-of";

/** What it is, where, of what it hears, and whether it does. */
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
          value: format.list(endpoint.events.map((event) => events(wordOf(event)))),
        },
        { name: t("reason"), value: endpoint.reason ?? t("noReason") },
        { name: t("since"), value: <LocalTime instant={createdAt} /> },
      ]}
    />
  );
}
