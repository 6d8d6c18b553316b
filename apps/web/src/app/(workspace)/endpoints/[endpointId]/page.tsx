import { DeliveryStatus } from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";
import { DetailPage } from "@/components/detail-page";
import { Empty, Facts, Section } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-choice";
import { Filters } from "@/components/filters";
import { Pager } from "@/components/pager";
import { parseAsTrail, toPagerLinks } from "@/server/list-query";
import { DeliveryTable } from "@/features/do-not-call/endpoint/detail/deliveries";
import { EndpointActions, ReplayButton } from "@/features/do-not-call/endpoint/detail/actions";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import {
  type Endpoint,
  EndpointState,
  toEventKey,
  useKindName,
} from "@/features/do-not-call/endpoint/words";
import Link from "next/link";
import { Button } from "@/components/buttons";

const query = { status: parseAsStringLiteral(DeliveryStatus.options), after: parseAsTrail };
const load = createLoader(query);
const toHref = createSerializer(query);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoint");
  return { title: t("title") };
}

export default async function EndpointPage({
  params,
  searchParams,
}: PageProps<"/endpoints/[endpointId]">) {
  const member = await requireMember("endpoint.read");
  const endpointId = EndpointId.safeParse((await params).endpointId).data ?? notFound();
  const look = await load(searchParams);
  const [t, notChange, notReplay, endpoints] = await Promise.all([
    getTranslations("deliveries"),
    whyNot(member, "endpoint.change"),
    whyNot(member, "delivery.replay"),
    api.endpoint.list(),
  ]);
  const endpoint = endpoints.find(({ id }) => id === endpointId) ?? notFound();
  const which = { endpointId };
  return (
    <DetailPage
      title={endpoint.name}
      actions={endpoint.kind !== "webhook" && <ChangeLink {...{ endpointId }} whyNot={notChange} />}
    >
      <EndpointFacts endpoint={endpoint} />
      <EndpointActions
        endpointId={endpointId}
        isEnabled={endpoint.disabledAt === null}
        isWebhook={endpoint.kind === "webhook"}
        whyNot={notChange}
      />
      <Section
        title={t("title")}
        aside={
          endpoint.dead > 0 && (
            <ReplayButton {...{ which }} whyNot={notReplay}>
              {t("replayDead", { count: endpoint.dead })}
            </ReplayButton>
          )
        }
      >
        <Deliveries {...{ endpointId, look }} mayReplay={notReplay === undefined} />
      </Section>
    </DetailPage>
  );
}

type DeliveriesProps = {
  endpointId: EndpointId;
  look: Awaited<ReturnType<typeof load>>;
  mayReplay: boolean;
};

async function Deliveries({ endpointId, look: { status, after }, mayReplay }: DeliveriesProps) {
  const [t, { items, next }] = await Promise.all([
    getTranslations("deliveries"),
    api.endpoint.deliveries({
      endpointId,
      status: status ?? undefined,
      after: DeliveryId.safeParse(after.at(-1)).data,
    }),
  ]);
  const steps = toPagerLinks(after, next, (trail) =>
    toHref(`/endpoints/${endpointId}`, { status, after: trail }),
  );
  return (
    <>
      <Filters label={t("filters")}>
        <FilterChoice
          param="status"
          label={t("status")}
          any={t("anyStatus")}
          choices={DeliveryStatus.options.map((value) => ({
            value,
            label: t(`statuses.${value}`),
          }))}
        />
      </Filters>
      {items.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <DeliveryTable deliveries={items} mayReplay={mayReplay} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}

/** Facts about an endpoint: its kind, address, events and state. */
function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
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
function ChangeLink({ endpointId, whyNot }: ChangeLinkProps) {
  const t = useTranslations("endpoint");
  return whyNot === undefined ? (
    <Link href={`/endpoints/${endpointId}/change`}>{t("changeSettings")}</Link>
  ) : (
    <Button size="small" whyNot={whyNot}>
      {t("changeSettings")}
    </Button>
  );
}
